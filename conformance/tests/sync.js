'use strict';
const assert = require('assert/strict');
const {randomUUID} = require('crypto');
const {expectOk} = require('../lib/check');
const {section, test} = require('../lib/suite');

const RULE =
  'SyncResponse {channels: [{channel: Channel, messages[] (in their present ' +
  'state, tombstones included), membersChanged, changeSeq (the new cursor), ' +
  'more}], nextPageToken}.';
const COVERS = ['in:on-sync'];

const says = (does, covers = COVERS) => ({does, rule: RULE, covers});

/** What happened to each of three messages while nobody looked. */
async function given(t) {
  const a = await t.device('a');
  const plain = await t.said(a, {text: 'Plain', ext: '{"k":"v"}'});
  const edited = await t.said(a, {text: 'Before'});
  const deleted = await t.said(a, {text: 'Gone'});
  const {channelId} = plain;
  const of = ({id: messageId}) => ({channelId, messageId});
  const edit = {...of(edited), text: 'After'};
  expectOk(await a.emit('on-message:edit', edit));
  const reaction = {...of(plain), emoji: '🎉'};
  expectOk(await a.emit('on-message:reaction', reaction));
  const last = expectOk(await a.emit('on-message:delete', of(deleted)));
  const since = plain.changeSeq - 1;
  return {a, channelId, since, plain, edited, deleted, last};
}

module.exports = section('Order, gaps and catching up', [
  test(
    'sync.present-state',
    says('brings what changed since a cursor, in its present state'),
    async t => {
      const {channelId, since, ...world} = await given(t);
      const b = await t.device('b');
      const answer = await t.changesOf(b, channelId, since);
      assert.equal(answer.changeSeq, world.last.changeSeq, 'the new cursor');
      assert.equal(answer.channel.id, channelId);
      assert.equal(answer.channel.type, 'single');
      const byId = new Map(answer.messages.map(m => [m.id, m]));
      assert.equal(byId.size, answer.messages.length, 'each once');
      const plain = byId.get(world.plain.id);
      assert.equal(plain.text, 'Plain');
      assert.equal(plain.ext, '{"k":"v"}');
      assert.equal(plain.sender.id, t.id('a'));
      assert.equal(plain.seq, world.plain.seq);
      const reactions = [{emoji: '🎉', userIds: [t.id('a')]}];
      assert.deepEqual(plain.reactions, reactions);
      const edited = byId.get(world.edited.id);
      assert.equal(edited.text, 'After');
      assert.ok(edited.editedAt > 0, 'editedAt');
      assert.ok(edited.changeSeq > world.edited.changeSeq, 'changeSeq');
    },
  ),
  test(
    'sync.tombstone',
    says('brings a deleted message as a tombstone that says nothing'),
    async t => {
      const {channelId, since, deleted} = await given(t);
      const b = await t.device('b');
      const {messages} = await t.changesOf(b, channelId, since);
      const tombstone = messages.find(({id}) => id === deleted.id);
      assert.equal(tombstone.deleted, true);
      assert.equal(tombstone.seq, deleted.seq, 'keeps its number');
      assert.equal(tombstone.text, '', 'text');
      assert.equal(tombstone.ext, '', 'ext');
    },
  ),
  test(
    'sync.nothing-new',
    says('brings nothing to who is up to date'),
    async t => {
      const {a, channelId, last} = await given(t);
      const answer = await t.changesOf(a, channelId, last.changeSeq);
      assert.deepEqual(answer.messages, []);
      assert.equal(answer.changeSeq, last.changeSeq);
      assert.equal(answer.membersChanged, false);
    },
  ),
  test(
    'sync.cursors',
    {
      does: 'tells how far the other has read, whatever else is new',
      rule: 'Channel {…, members[]}; cursors are small, and always sent whole.',
      covers: COVERS,
    },
    async t => {
      const {a, channelId, last, plain} = await given(t);
      const b = await t.device('b');
      const {seq} = plain;
      expectOk(await b.emit('on-message:read', {channelId, seq}));
      const {channel} = await t.changesOf(a, channelId, last.changeSeq);
      const other = channel.members.find(({userId}) => userId === t.id('b'));
      assert.ok(other?.readSeq >= seq, 'readSeq');
      assert.ok(other?.receivedSeq >= seq, 'receivedSeq');
    },
  ),
  test(
    'sync.from-any-cursor',
    says('converges from whichever cursor, by pages of whichever size'),
    async t => {
      const {a, channelId, since, last} = await given(t);
      const whole = await t.changesOf(a, channelId, since);
      for (const limit of [1, 2]) {
        const found = new Map();
        let [cursor, more, pages] = [since, true, 0];
        while (more) {
          const asked = {channelId, changeSeq: cursor};
          const answer = await a.sync({channels: [asked], limit});
          const [page] = answer.channels;
          assert.ok(page.messages.length <= limit, `${limit} at most`);
          for (const message of page.messages) found.set(message.id, message);
          assert.ok(page.changeSeq > cursor || !page.more, 'gets on');
          ({changeSeq: cursor, more} = page);
          assert.ok(++pages < 50, 'comes to an end');
        }
        assert.equal(cursor, last.changeSeq);
        const ids = [...found.keys()].sort();
        assert.deepEqual(ids, whole.messages.map(({id}) => id).sort());
      }
    },
  ),
  test(
    'sync.first-time',
    says("brings the caller's channels to who knows none, newest first"),
    async t => {
      const {a, channelId, last} = await given(t);
      const {channels} = await a.sync({limit: 1});
      const [{channel, changeSeq, more}] = channels;
      assert.equal(channel.id, channelId, 'newest first');
      assert.ok(changeSeq <= last.changeSeq);
      assert.equal(more, changeSeq < last.changeSeq, 'more');
    },
  ),
  test(
    'sync.pages-of-channels',
    says('gives a token for the page after, when there is one'),
    async t => {
      const {a, channelId} = await given(t);
      const seen = [];
      let [pageToken, pages] = ['', 0];
      do {
        const answer = await a.sync({limit: 1, pageToken});
        seen.push(...answer.channels.map(({channel}) => channel.id));
        pageToken = answer.nextPageToken;
      } while (pageToken && ++pages < 5);
      assert.ok(seen.includes(channelId));
      assert.equal(new Set(seen).size, seen.length, 'each once');
    },
  ),
  test(
    'sync.members',
    says('brings the members whole to who does not know them'),
    async t => {
      const {a, channelId} = await given(t);
      const cursor = {channelId, changeSeq: 0};
      const {channels} = await a.sync({channels: [cursor], limit: 1});
      const [{channel, membersChanged}] = channels;
      assert.equal(membersChanged, true, 'membersChanged');
      const ids = channel.members.map(({userId}) => userId).sort();
      assert.deepEqual(ids, [t.id('a'), t.id('b')].sort());
    },
  ),
  test(
    'sync.unknown-channel',
    says('leaves out a channel that is not, and answers the others'),
    async t => {
      const {a, channelId, since} = await given(t);
      const {channels} = await a.sync({
        channels: [
          {channelId: randomUUID(), changeSeq: 0},
          {channelId, changeSeq: since},
        ],
      });
      assert.deepEqual(
        channels.map(({channel}) => channel.id),
        [channelId],
      );
    },
  ),
  test(
    'sync.numbers',
    says("tells the channel's numbers and the caller's cursors"),
    async t => {
      const a = await t.device('a');
      const b = await t.device('b', {answers: null});
      const {channelId, seq, changeSeq} = await t.said(a);
      expectOk(await b.emit('on-message:read', {channelId, seq: seq - 1}));
      const cursor = {channelId, changeSeq: changeSeq - 1};
      const {channels} = await b.sync({channels: [cursor]});
      const {channel} = channels[0];
      assert.equal(channel.messageSeq, seq, 'messageSeq');
      assert.equal(channel.changeSeq, changeSeq, 'changeSeq');
      assert.equal(channel.readSeq, seq - 1, 'readSeq');
      assert.equal(channel.unread, 1, 'unread');
    },
  ),
  test(
    'sync.wrong',
    {
      ...says('answers 422 to a limit, a token or a cursor that is none'),
      covers: ['in:on-sync', 'code:CHAT_INPUT_INVALID'],
    },
    async t => {
      const a = await t.device('a');
      const channelId = randomUUID();
      const wrong = [
        ...[{limit: -1}, {pageToken: 'nonsense'}],
        ...[{channels: [{channelId: '', changeSeq: 0}]}],
        {channels: [{channelId, changeSeq: -1}]},
      ];
      for (const fields of wrong) {
        const {statusCode} = await a.emit('on-sync', fields);
        assert.equal(statusCode, 422, JSON.stringify(fields));
      }
    },
  ),
  test(
    'sync.after-absence',
    {
      ...says('brings to who was away what the others were told meanwhile'),
      rule: 'Subscribe first, then sync, then drop what was seen already.',
    },
    async t => {
      const a = await t.device('a');
      const {channelId, changeSeq} = await t.said(a);
      const b = await t.device('b');
      await b.close();
      const missed = [];
      for (let i = 0; i < 5; i++) missed.push(await t.said(a));
      const back = await t.device('b');
      const {messages} = await t.changesOf(back, channelId, changeSeq);
      assert.deepEqual(
        messages.map(({id}) => id),
        missed.map(({id}) => id),
      );
    },
  ),
]);
