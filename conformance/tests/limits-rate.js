// How much a user may do, and how fast.
'use strict';
const assert = require('assert/strict');
const {expectOk} = require('../lib/check');
const {sleep, textTo} = require('../lib/device');
const {encode} = require('../lib/wire');
const {section, test} = require('../lib/suite');

const RATE_CODE = 'code:CHAT_RATE_LIMITED';
const RULE = 'Sends: 20 a second, bursts of 60, a user; 429 (`retryAfterMs`).';

/** Waits until the user's sends are all allowed again. */
async function untilFull({sendBurst, sendsPerSecond}) {
  await sleep((sendBurst / sendsPerSecond) * 1000 + 200);
}

/** Sends so many at once over devices in turn; resolves with the acks. */
async function flood(t, devices, count, receiver = t.id('b')) {
  const startedAt = Date.now();
  const acks = await Promise.all(
    Array.from({length: count}, (_, i) => {
      const frame = encode('Message', textTo(receiver));
      return devices[i % devices.length].once('on-message:text', frame);
    }),
  );
  const accepted = acks.filter(({statusCode}) => statusCode === 200).length;
  const refused = acks.filter(({statusCode}) => statusCode === 429);
  assert.equal(accepted + refused.length, count, 'each 200 or 429');
  return {accepted, refused, seconds: (Date.now() - startedAt) / 1000};
}

/**
 * Floods up to four times, until `isMet` holds of what it gives: on a slow machine as
 * much becomes allowed while the first is under way, and what comes right behind
 * finds nothing left.
 * @returns what the last one gave
 */
async function floodUntil(isMet, floodOnce) {
  for (let times = 1; ; times++) {
    const outcome = await floodOnce(times);
    if (isMet(outcome) || times === 4) return outcome;
  }
}

function expectBurst(t, {accepted, seconds}) {
  const {sendBurst, sendsPerSecond} = t.options;
  const most = sendBurst + Math.ceil(seconds * sendsPerSecond) + 1;
  assert.ok(accepted >= sendBurst, `${accepted} of a burst of ${sendBurst}`);
  assert.ok(accepted <= most, `${accepted} accepted, at most ${most}`);
}

module.exports = section('Limits', [
  test(
    'limit.burst',
    {
      does: 'takes a burst of sends, answers 429 to more, and when to try again',
      rule: RULE,
      covers: ['limit:sends', RATE_CODE],
    },
    async t => {
      const {a, b} = await t.pair();
      await untilFull(t.options);
      const {sendBurst, sendsPerSecond} = t.options;
      const count = sendBurst + 2 * sendsPerSecond;
      const {refused} = await floodUntil(
        outcome => outcome.refused.length > 0,
        async times => {
          const outcome = await flood(t, [a], count);
          if (times === 1) expectBurst(t, outcome);
          return outcome;
        },
      );
      assert.ok(refused.length > 0, 'some are refused');
      // Nobody else pays for it.
      expectOk(
        await b.once('on-message:text', encode('Message', textTo(t.id('a')))),
      );
      const {retryAfterMs} = refused.at(-1);
      assert.ok(retryAfterMs <= 2000, `retryAfterMs ${retryAfterMs}`);
      await sleep(retryAfterMs + 20);
      const frame = encode('Message', textTo(t.id('b')));
      expectOk(await a.once('on-message:text', frame));
    },
  ),
  test(
    'limit.burst-of-devices',
    {
      does: 'counts all devices of a user together',
      rule: RULE,
      covers: ['limit:sends', RATE_CODE],
    },
    async t => {
      const devices = [
        ...[await t.device('a'), await t.device('a'), await t.device('a')],
      ];
      await untilFull(t.options);
      const {sendBurst} = t.options;
      expectBurst(t, await flood(t, devices, 2 * sendBurst));
    },
  ),
  test(
    'limit.rate',
    {
      does: 'takes as many sends a second as it says, and no more',
      rule: RULE,
      covers: ['limit:sends'],
    },
    async t => {
      const {sendsPerSecond, sendBurst} = t.options;
      const a = await t.device('a');
      await flood(t, [a], sendBurst + sendsPerSecond);
      const startedAt = Date.now();
      let [accepted, tried] = [0, 0];
      const atOnce = Math.ceil(sendsPerSecond / 10);
      while (Date.now() - startedAt < 3000) {
        accepted += (await flood(t, [a], atOnce)).accepted;
        tried += atOnce;
        await sleep(50);
      }
      const allowed = ((Date.now() - startedAt) / 1000) * sendsPerSecond;
      // A slow machine may not have tried all that it might.
      const least = 0.6 * Math.min(allowed, tried);
      const isSo = accepted >= least && accepted <= 1.1 * allowed + 2;
      assert.ok(isSo, `${accepted} of ${tried}, allowed ${allowed.toFixed(0)}`);
    },
  ),
  test(
    'limit.changes',
    {
      does: 'counts edits, deletions, reactions and notifications as sends',
      rule: RULE,
      covers: ['limit:sends', RATE_CODE],
    },
    async t => {
      const {sendBurst, sendsPerSecond} = t.options;
      const a = await t.device('a');
      const {id: messageId, channelId} = await t.said(a);
      const frames = {
        'on-message:edit': ['MessageEdit', {channelId, messageId, text: 'x'}],
        'on-message:reaction': [
          'Reaction',
          {channelId, messageId, emoji: '👍'},
        ],
        'on-message:delete': ['MessageDelete', {channelId, messageId}],
        'on-notify': ['Notify', {type: 'CUSTOM', receiver: t.id('b')}],
      };
      for (const [event, [type, fields]] of Object.entries(frames)) {
        const isAnyRefused = acks =>
          acks.some(({statusCode}) => statusCode === 429);
        const acks = await floodUntil(isAnyRefused, async () => {
          // Right behind those that use up what is allowed.
          const flooded = flood(t, [a], sendBurst + sendsPerSecond);
          const all = Array.from({length: 10}, () =>
            a.once(event, encode(type, fields)),
          );
          await flooded;
          return Promise.all(all);
        });
        assert.ok(isAnyRefused(acks), `${event} is limited`);
      }
    },
  ),
  test(
    'limit.reads',
    {
      does: 'takes a burst of other events, and answers 429 to more',
      rule: '50 other events a second of one user, 200 at once after a pause.',
      covers: ['limit:reads', RATE_CODE],
    },
    async t => {
      const {readBurst, readsPerSecond} = t.options;
      const a = await t.device('a');
      await sleep((readBurst / readsPerSecond) * 1000 + 200);
      const query = encode('PresenceQuery', {});
      const startedAt = Date.now();
      const acks = await Promise.all(
        Array.from({length: readBurst + 2 * readsPerSecond}, () =>
          a.once('on-presence', query),
        ),
      );
      const seconds = (Date.now() - startedAt) / 1000;
      const accepted = acks.filter(({statusCode}) => statusCode === 200).length;
      const most = readBurst + Math.ceil(seconds * readsPerSecond) + 1;
      assert.ok(accepted >= readBurst && accepted <= most, `${accepted}`);
      // What is sent counts by itself.
      const frame = encode('Message', textTo(t.id('b')));
      expectOk(await a.once('on-message:text', frame));
    },
  ),
]);
