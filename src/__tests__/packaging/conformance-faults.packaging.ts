import {expect} from '@loopback/testlab';
import type {ChatServiceConfig} from '../../config';
import {decodeMessage, encodeMessage, FRAMES} from '../../protocol';
import {givenChatApp, givenChatAppOfSuite} from '../fixtures/chat-app';
import {
  givenConformanceEnv,
  runConformance,
  testsOf,
} from '../fixtures/conformance';
import {givenFaultyServer, type Fault} from '../fixtures/faulty-server';

type FrameFields = ReturnType<typeof decodeMessage>;

const TEXT = 'on-message:text';
const without = (key: string, ack: Record<string, unknown>) => ({
  ...ack,
  [key]: undefined,
});

/** Changes what a text says to those who are told of it. */
const retold =
  (change: (message: FrameFields) => FrameFields): Fault['told'] =>
  (event, [bytes, ...rest]) =>
    event === TEXT
      ? [encodeMessage(change(decodeMessage(bytes as Uint8Array))), ...rest]
      : [bytes, ...rest];

const losing = (lost: string): Fault['told'] => {
  return (event, args) => (event === lost ? undefined : args);
};

const recoded =
  (statusCode: number, change: object): Fault['ack'] =>
  (_, ack) =>
    ack.statusCode === statusCode ? {...ack, ...change} : ack;

/** What a server may do wrong, and a test that has to tell. */
const FAULTS: [what: string, caughtBy: string, fault: Fault][] = [
  [
    'acks without seq',
    'ack.message',
    {ack: (event, ack) => (event === TEXT ? without('seq', ack) : ack)},
  ],
  [
    'numbers off by one',
    'send.text',
    {told: retold(m => ({...m, seq: Number(m.seq) + 1}))},
  ],
  [
    'tells what you may not see by 403',
    'ack.404-unknown',
    {ack: recoded(404, {statusCode: 403, code: 'CHAT_FORBIDDEN'})},
  ],
  [
    'a code of its own',
    'ack.422-1',
    {ack: recoded(422, {code: 'VALIDATION_FAILED'})},
  ],
  [
    'no details',
    'ack.422-1',
    {ack: (_, ack) => (ack.statusCode === 422 ? without('details', ack) : ack)},
  ],
  [
    'an error text from within',
    'ack.400-no-frame',
    {
      ack: recoded(400, {
        message: 'RangeError: index out of range at decode (chat.pb.js:1:1)',
      }),
    },
  ],
  [
    'no answer to what it does not know',
    'ack.404-event',
    {sent: (event, args) => (event === 'nope' ? undefined : args)},
  ],
  [
    'believes the sender in the frame',
    'told.overwritten',
    {told: retold(m => ({...m, sender: {id: 'somebody-else'}}))},
  ],
  ['forgets edits', 'edit.told', {told: losing('on-message:edit')}],
  ['forgets cursors', 'cursor.read', {told: losing('on-message:read')}],
  ['tells its sender, too', 'send.text', {isEchoing: true}],
  ['tells twice', 'ack.same-id', {isStuttering: true}],
  [
    'payloads as base64',
    'send.text',
    {
      told: (event, [bytes, ...rest]) =>
        event === TEXT
          ? [Buffer.from(bytes as Uint8Array).toString('base64'), ...rest]
          : [bytes, ...rest],
    },
  ],
  [
    'takes a token from the query string',
    'connect.query-token',
    {token: ({query}) => query.token},
  ],
  [
    'refuses without a code',
    'connect.no-token',
    {refused: err => Object.assign(err, {data: undefined})},
  ],
  [
    'takes no acks',
    'receipt.acked',
    {
      told: (_, args) =>
        args.filter(argument => typeof argument !== 'function'),
    },
  ],
  [
    'answers sync by less',
    'sync.present-state',
    {
      ack: (event, ack) =>
        event === 'on-sync' ? {...ack, data: Buffer.alloc(0)} : ack,
    },
  ],
  [
    'syncs without members',
    'sync.cursors',
    {
      ack: (event, ack) =>
        event === 'on-sync' ? {...ack, data: withoutMembers(ack.data)} : ack,
    },
  ],
];

function withoutMembers(data: unknown): Uint8Array {
  const {channels, ...rest} = FRAMES.SyncResponse.decode(data as Uint8Array);
  const bare = channels?.map(({channel, ...each}) => ({
    ...each,
    channel: {...channel, members: []},
  }));
  return FRAMES.SyncResponse.encode({...rest, channels: bare});
}

describe('a server with a fault', function (this: Mocha.Suite) {
  this.timeout(60_000);
  const chat = givenChatAppOfSuite();

  const outcomesOf = async (fault: Fault, names: readonly string[]) => {
    const url = await givenFaultyServer(chat().url, fault);
    const env = await givenConformanceEnv(url);
    const only = names.flatMap(name => ['--only', name]);
    const args = ['--json', '--wait-ms', '1000', '--quiet-ms', '200', ...only];
    args.push('--rest-url', chat().url);
    const run = await runConformance(args, env);
    const tests = testsOf(run).filter(({name}) => names.includes(name));
    return {run, outcomes: tests.map(({outcome}) => outcome)};
  };

  it('conforms without its fault', async () => {
    const names = [...new Set(FAULTS.map(([, caughtBy]) => caughtBy))];
    const {run, outcomes} = await outcomesOf({}, names);
    expect(outcomes).to.eql(names.map(() => 'passed'));
    expect(run.exitCode).to.equal(0);
  });

  for (const [what, caughtBy, fault] of FAULTS) {
    it(`is caught by ${caughtBy}: ${what}`, async () => {
      const {run, outcomes} = await outcomesOf(fault, [caughtBy]);
      expect(outcomes).to.eql(['failed']);
      expect(run.exitCode).to.equal(1);
    });
  }
});

type Realtime = NonNullable<ChatServiceConfig['realtime']>;

/** A limit that is not kept, and a test that has to tell. */
const LIMITS: [caughtBy: string, realtime: Realtime][] = [
  ['ack.413', {maxFrameBytes: 80_000}],
  ['limit.connections', {maxConnectionsPerUser: 21}],
  ['limit.burst', {sendBurst: 100}],
  ['limit.rate', {sendsPerSecond: 40}],
  ['limit.reads', {readBurst: 300}],
  ['limit.typing', {typingPerSecond: 100}],
  ['limit.handshake', {handshakeTimeoutMs: 20_000}],
  ['limit.slow-reader', {maxBufferedBytes: 2 ** 30}],
  ['receipt.large-channel', {maxAckedMembers: 200}],
];

const KEPT: Realtime = {
  ...{sendsPerSecond: 20, sendBurst: 60, readsPerSecond: 50, readBurst: 200},
};

describe('a server with another limit', function (this: Mocha.Suite) {
  this.timeout(60_000);

  for (const [caughtBy, realtime] of LIMITS) {
    it(`is caught by ${caughtBy}`, async () => {
      const config = {realtime: {...KEPT, ...realtime}};
      const chat = await givenChatApp({config});
      const env = await givenConformanceEnv(chat.url);
      const args = ['--json', '--only', caughtBy];
      const run = await runConformance(
        [...args, '--handshake-timeout-ms', '1000'],
        env,
      );
      const [{outcome}] = testsOf(run).filter(({name}) => name === caughtBy);
      expect(outcome).to.equal('failed');
      expect(run.exitCode).to.equal(1);
    });
  }
});
