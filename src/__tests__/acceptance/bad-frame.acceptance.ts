import {expect} from '@loopback/testlab';
import {randomUUID} from 'crypto';
import {
  ChatEvent,
  encodeMessage,
  MessageSession,
  type WireMessage,
} from '../../protocol';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {givenMessage, type Device} from '../fixtures/device';
import {describeOverStores} from '../fixtures/stores';
import {givenUserId} from '../fixtures/token';

const MAX_FRAME_BYTES = 65_536;

/** Payloads that are no frame at all. */
const NO_FRAMES: [string, unknown][] = [
  ['a string', 'hello'],
  ['an empty string', ''],
  ['a number', 42],
  ['null', null],
  ['undefined', undefined],
  ['a boolean', true],
  ['an array', [1, 2, 3]],
  ['an object', {id: randomUUID(), text: 'x'}],
  ['an object that pretends', {type: 'Buffer', data: [1]}],
  ['a nested object', {a: {b: {c: [{d: 'e'}]}}}],
  ['bytes within an object', {bytes: Buffer.from('x')}],
  ['a prototype', JSON.parse('{"__proto__": {"statusCode": 200}}')],
  ['bytes that are no protobuf', Buffer.from('hello there')],
  ['a field without its end', Buffer.from([0x0a, 0xff, 0x01, 0x41])],
  ['a length beyond the end', Buffer.from([0x0a, 0xff, 0xff, 0xff, 0xff, 7])],
  ['a varint without end', Buffer.alloc(32, 0xff)],
  ['an unknown wire type', Buffer.from([0x0f, 0x00])],
  ['random bytes', Buffer.from('c0ffee00deadbeef'.repeat(16), 'hex')],
];

/** Messages that are wrong, each with the path of the problem. */
const WRONG: [string, string, WireMessage][] = [
  ['an empty receiver', 'toUserId', {receiver: ''}],
  ['a receiver of spaces', 'toUserId', {receiver: '   '}],
  ['a receiver with a space before', 'toUserId', {receiver: ' bob'}],
  ['a receiver with a space after', 'toUserId', {receiver: 'bob '}],
  ['a receiver with a line break after', 'toUserId', {receiver: 'bob\n'}],
  ['a receiver of 65 characters', 'toUserId', {receiver: 'x'.repeat(65)}],
  ['a receiver of 10,000', 'toUserId', {receiver: 'x'.repeat(10_000)}],
  ['a receiver with NUL', 'toUserId', {receiver: 'bo\0b'}],
  ['an empty text', 'body', {text: ''}],
  ['a text of 16,385 characters', 'body', {text: 'x'.repeat(16_385)}],
  ['a text with NUL', 'body', {text: 'a\0b'}],
  ['an empty id', 'id', {id: ''}],
  ['an id that is no UUID', 'id', {id: 'x'}],
  ['an id with more behind', 'id', {id: `${randomUUID()}'`}],
  ['an id in braces', 'id', {id: `{${randomUUID()}}`}],
  ['an id without hyphens', 'id', {id: randomUUID().replace(/-/g, '')}],
  ['an ext of 4,097 bytes', 'ext', {ext: 'x'.repeat(4097)}],
  ['an ext with NUL', 'ext', {ext: '\0'}],
  ['a subject of 201 characters', 'subject', {subject: 'x'.repeat(201)}],
  ['a parent that is no UUID', 'parentMessageId', {parentMessageId: 'x'}],
  [
    'a parent that there is not',
    'parentMessageId',
    {parentMessageId: randomUUID()},
  ],
  [
    'an empty channel',
    'channelId',
    {session: MessageSession.CHANNEL, receiver: ''},
  ],
  [
    'a channel type of 65 characters',
    'channelType',
    {
      session: MessageSession.CHANNEL,
      receiver: 'c',
      channelType: 'x'.repeat(65),
    },
  ],
];

describeOverStores('Bad frames', store => {
  const chat = givenChatAppOfSuite({store});
  let ann: string;
  let bob: string;
  let sender: Device;
  let receiver: Device;

  beforeEach(async () => {
    ann = givenUserId('ann');
    bob = givenUserId('bob');
    sender = await chat().device(ann);
    receiver = await chat().device(bob);
  });

  // After each: the same connection works, others do, nothing else was stored.
  afterEach('the connection still works', async () => {
    if (!sender.socket.connected) sender = await chat().device(ann);
    const message = givenMessage({receiver: bob});
    const ack = await sender.send(message);
    expect(ack).to.containEql({statusCode: 200});
    await receiver.receive(message.id);
    expect(receiver.received).to.have.length(Number(ack.seq));
  });

  const frame = (fields?: WireMessage) =>
    encodeMessage(givenMessage({receiver: bob, ...fields}));

  context('when the payload is no frame', () => {
    for (const [title, payload] of NO_FRAMES) {
      it(`answers 400 to ${title}`, async () => {
        const ack = await sender.emit(ChatEvent.MessageText, payload);
        expect(ack).to.deepEqual({
          statusCode: 400,
          code: 'CHAT_FRAME_INVALID',
          message: 'The frame cannot be decoded.',
        });
      });
    }

    it('answers 400 to no payload', async () => {
      const ack = await sender.emit(ChatEvent.MessageText);
      expect(ack).to.containEql({statusCode: 400});
    });

    it('answers 422 to an empty frame', async () => {
      const ack = await sender.emit(ChatEvent.MessageText, Buffer.alloc(0));
      expect(ack).to.containEql({statusCode: 422, code: 'CHAT_INPUT_INVALID'});
    });
  });

  context('when the message is wrong', () => {
    for (const [title, path, fields] of WRONG) {
      it(`answers 422 to ${title} and names ${path}`, async () => {
        const ack = await sender.emit(ChatEvent.MessageText, frame(fields));
        expect(ack).to.containEql({
          statusCode: 422,
          code: 'CHAT_INPUT_INVALID',
        });
        expect(ack.details?.map(detail => detail.path)).to.containEql(path);
      });
    }

    it('answers 422 to a message to oneself', async () => {
      const ack = await sender.send(givenMessage({receiver: ann}));
      expect(ack).to.containEql({statusCode: 422});
    });

    it('names every problem at once', async () => {
      const ack = await sender.send(
        givenMessage({id: 'x', receiver: '', text: ''}),
      );
      const paths = ack.details?.map(detail => detail.path).sort();
      expect(paths).to.deepEqual(['body', 'id', 'toUserId']);
    });
  });

  context('when the frame is too large', () => {
    it('answers 413 to one byte too many', async () => {
      const ack = await sender.emit(
        ChatEvent.MessageText,
        Buffer.alloc(MAX_FRAME_BYTES + 1),
      );
      expect(ack).to.containEql({statusCode: 413, code: 'CHAT_TOO_LARGE'});
    });

    it('ends the connection that sends a much larger one', async () => {
      const other = await chat().device(ann);
      sender.socket.emit(
        ChatEvent.MessageText,
        Buffer.alloc(5 * MAX_FRAME_BYTES),
      );
      await sender.ended();
      const message = givenMessage({receiver: bob});
      expect(await other.send(message)).to.containEql({statusCode: 200});
      await receiver.receive(message.id);
    });
  });

  context('when the event is unknown', () => {
    for (const event of [
      'on-message',
      'nope',
      '',
      '__proto__',
      'constructor',
    ]) {
      it(`answers 404 to '${event}'`, async () => {
        const ack = await sender.emit(event, frame());
        expect(ack).to.containEql({statusCode: 404, code: 'CHAT_NOT_FOUND'});
      });
    }
  });

  context('when there is no ack to call', () => {
    it('stores the message', async () => {
      const message = givenMessage({receiver: bob});
      sender.socket.emit(ChatEvent.MessageText, encodeMessage(message));
      await receiver.receive(message.id);
    });

    for (const noAck of ['ack', 1, null, {}, []]) {
      it(`stores the message with ${JSON.stringify(noAck)} for it`, async () => {
        const message = givenMessage({receiver: bob});
        const bytes = encodeMessage(message);
        sender.socket.emit(ChatEvent.MessageText, bytes, noAck);
        await receiver.receive(message.id);
      });
    }

    it('drops a bad frame', () => {
      sender.socket.emit(ChatEvent.MessageText, 'rubbish');
      sender.socket.emit('nope');
    });
  });

  context('when the id is in upper case', () => {
    it('is the same message as in lower case', async () => {
      const message = givenMessage({receiver: bob});
      const id = String(message.id).toUpperCase();
      const ack = await sender.send({...message, id});
      expect(ack).to.containEql({statusCode: 200, id: message.id});
      expect(await sender.send(message)).to.deepEqual(ack);
      await receiver.receive(message.id);
    });
  });
});

describe('A packet of very many arguments', () => {
  const chat = givenChatAppOfSuite();

  for (const [what, packet] of [
    ['an event', (zeros: string) => `42["on-message:text"${zeros}]`],
    ['an ack', (zeros: string) => `430[0${zeros}]`],
  ] as const) {
    it(`ends the connection of who sends ${what}, and nothing else`, async () => {
      const [device, other] = await Promise.all(
        ['eve', 'ann'].map(name => chat().device(givenUserId(name))),
      );
      const {engine} = device.socket.io;
      engine.write(packet(',0'.repeat(130_000)).slice(1));
      await device.ended();
      const ack = await other.send(
        givenMessage({receiver: givenUserId('bob')}),
      );
      expect(ack.statusCode).to.equal(200);
    });
  }
});
