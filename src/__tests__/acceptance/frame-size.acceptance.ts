import {expect} from '@loopback/testlab';
import {ChatEvent} from '../../protocol';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {givenMessage, type Device} from '../fixtures/device';
import {givenToken, givenUserId} from '../fixtures/token';

const MAX_FRAME_BYTES = 65_536;

/** Payloads of a size, by their bytes, and what they are answered where that is allowed. */
const PAYLOADS: [string, string, (bytes: number) => unknown, number][] = [
  ['bytes', ChatEvent.MessageText, bytes => Buffer.alloc(bytes), 400],
  ['a string', ChatEvent.MessageText, bytes => 'x'.repeat(bytes), 400],
  [
    'a string of characters of two bytes',
    ChatEvent.MessageText,
    bytes => 'é'.repeat(bytes / 2) + 'x'.repeat(bytes % 2),
    400,
  ],
  ['a token', ChatEvent.Auth, bytes => ({token: 'x'.repeat(bytes)}), 401],
  ['a token alone', ChatEvent.Auth, bytes => 'x'.repeat(bytes), 400],
  ['bytes', 'on-nothing', bytes => Buffer.alloc(bytes), 404],
  ['a string', 'on-nothing', bytes => 'x'.repeat(bytes), 404],
];

describe('The size of a payload', () => {
  const chat = givenChatAppOfSuite();
  let device: Device;

  beforeEach(async () => {
    device = await chat().device(givenUserId('ann'));
  });

  afterEach('the connection still works', async () => {
    const message = givenMessage({receiver: givenUserId('bob')});
    expect((await device.send(message)).statusCode).to.equal(200);
  });

  for (const [title, event, payloadOf, statusCode] of PAYLOADS) {
    context(`of ${event} with ${title}`, () => {
      it('may be as large as allowed', async () => {
        const ack = await device.emit(event, payloadOf(MAX_FRAME_BYTES));
        expect(ack).to.containEql({statusCode});
      });

      it('is answered 413 with one byte more', async () => {
        const ack = await device.emit(event, payloadOf(MAX_FRAME_BYTES + 1));
        expect(ack).to.containEql({statusCode: 413, code: 'CHAT_TOO_LARGE'});
      });
    });
  }

  it('is answered 413 to whoever may not send the event, too', async () => {
    const token = await givenToken(givenUserId('eve'), {
      claims: {permissions: []},
    });
    const eve = await chat().device(givenUserId('eve'), {token});
    const payload = Buffer.alloc(MAX_FRAME_BYTES + 1);
    const ack = await eve.emit(ChatEvent.MessageText, payload);
    expect(ack).to.containEql({statusCode: 413});
  });

  for (const [title, token] of [
    ['a number', 1],
    ['an object', {token: 'x'}],
    ['null', null],
  ] as const) {
    it(`is no matter where the token is ${title}`, async () => {
      const ack = await device.emit(ChatEvent.Auth, {token});
      expect(ack).to.containEql({statusCode: 401});
    });
  }
});
