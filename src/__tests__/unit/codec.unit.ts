import {expect} from '@loopback/testlab';
import {ChatError} from '../../errors';
import {
  decodeMessage,
  encodeMessage,
  getMessageImageFromProto,
  getMessageReadFromProto,
  getMessageTextFromProto,
  getNotifyFromProto,
  MessageSession,
  MessageStatus,
  MessageType,
  NotifyStatus,
  NotifyType,
  setMessageImageToProto,
  setMessageReadToProto,
  setMessageTextToProto,
  setNotifyToProto,
  type WireMessage,
  type WireNotify,
} from '../../protocol';
import {givenRandom} from '../fixtures/random';

const MAX_SAFE = Number.MAX_SAFE_INTEGER;
const MESSAGE: WireMessage = {
  id: '01890a5d-ac96-774b-bcce-b302099a8057',
  session: MessageSession.SINGLE,
  sender: {
    id: 'ann',
    account: 'Ann 🌍',
    avatar: 'a.png',
    email: 'ann@example.com',
    regisTime: 1_700_000_000_000,
    updateTime: MAX_SAFE,
  },
  receiver: 'bob',
  status: MessageStatus.READ,
  timer: '1700000000000',
  ext: '{"a": 1}',
  channelId: 'c',
  channelType: 'single',
  subject: 's',
  seq: 4_294_967_296,
  changeSeq: MAX_SAFE,
  createdAt: 1_763_772_000_123,
  editedAt: 1,
  deleted: true,
  parentMessageId: '01890a5d-ac96-774b-bcce-b302099a8058',
  attachmentIds: ['1', '2'],
  mentions: ['carol'],
  forwardedFrom: 'x',
  reactions: [{emoji: '👍', userIds: ['ann', 'bob']}],
};
const NOTIFY: WireNotify = {
  id: '1',
  type: NotifyType.CUSTOM,
  sender: {id: 'ann'},
  receiver: 'bob',
  status: NotifyStatus.REJECTED,
  timer: '1',
  remark: 'r 🌍',
  ext: 'e',
};

describe('Codec', () => {
  context('when a message goes there and back', () => {
    it('is the same text', () => {
      const message = {...MESSAGE, text: 'Hi 👩‍👩‍👧 \n "x"'};
      const bytes = setMessageTextToProto(message);
      expect(bytes).to.be.instanceOf(Uint8Array);
      expect(getMessageTextFromProto(bytes)).to.deepEqual({
        ...message,
        type: MessageType.TEXT,
      });
    });

    it('is the same image', () => {
      const message = {...MESSAGE, image: 'https://example.com/a.png'};
      const bytes = setMessageImageToProto(message);
      expect(getMessageImageFromProto(bytes)).to.deepEqual({
        ...message,
        type: MessageType.IMAGE,
      });
    });

    it('is the same notification', () => {
      const bytes = setNotifyToProto(NOTIFY);
      expect(getNotifyFromProto(bytes)).to.deepEqual(NOTIFY);
    });

    it('is the same cursor', () => {
      const cursor = {channelId: 'c', seq: MAX_SAFE, userId: 'ann'};
      const bytes = setMessageReadToProto(cursor);
      expect(getMessageReadFromProto(bytes)).to.deepEqual(cursor);
    });

    it('is the same of any kind', () => {
      const message = {...MESSAGE, type: MessageType.FILE, media: 'm'};
      expect(decodeMessage(encodeMessage(message))).to.deepEqual(message);
    });

    it('has only the fields that were set', () => {
      expect(decodeMessage(encodeMessage({id: 'x'}))).to.deepEqual({id: 'x'});
      expect(decodeMessage(new Uint8Array())).to.deepEqual({});
    });

    it('is a plain object down to its leaves', () => {
      const decoded = decodeMessage(encodeMessage(MESSAGE));
      for (const part of [decoded, decoded.sender, decoded.reactions?.[0]]) {
        expect(Object.getPrototypeOf(part)).to.equal(Object.prototype);
      }
      expect(JSON.parse(JSON.stringify(decoded))).to.deepEqual(decoded);
    });

    it('takes the bytes of a Buffer and of a view', () => {
      const bytes = encodeMessage(MESSAGE);
      const wide = new Uint8Array(bytes.length + 20);
      wide.set(bytes, 10);
      const view = wide.subarray(10, 10 + bytes.length);
      expect(decodeMessage(Buffer.from(bytes))).to.deepEqual(MESSAGE);
      expect(decodeMessage(view)).to.deepEqual(MESSAGE);
    });

    it('leaves a field alone that it does not know', () => {
      const known = encodeMessage({id: 'x'});
      const unknown = Buffer.from([0xfa, 0x3f, 0x01, 0x41]); // 127: 'A'
      const bytes = Buffer.concat([known, unknown]);
      expect(decodeMessage(bytes)).to.deepEqual({id: 'x'});
    });
  });

  context('when a field has another type than its own', () => {
    for (const [path, message] of [
      ['id', {id: 5}],
      ['text', {text: {}}],
      ['seq', {seq: 'one'}],
      ['type', {type: 'TEXT'}],
      ['deleted', {deleted: 'yes'}],
      ['mentions', {mentions: 'bob'}],
      ['mentions', {mentions: [5]}],
      ['sender.id', {sender: {id: 5}}],
    ] as [string, WireMessage][]) {
      it(`says so of ${JSON.stringify(message)}`, () => {
        const err = thrownBy(() => encodeMessage(message));
        expect(err.code).to.equal('CHAT_INPUT_INVALID');
        expect(err.details?.[0].path).to.startWith(path);
      });
    }
  });

  context('when bytes are no message', () => {
    for (const [title, bytes] of [
      ['text', Buffer.from('hello there')],
      ['a length beyond the end', Buffer.from([0x0a, 0x7f])],
      ['a varint without end', Buffer.alloc(20, 0xff)],
      ['a group that is never closed', Buffer.from([0x0b])],
      ['field number 0', Buffer.from([0x00, 0x00])],
      ['a cut message', Buffer.from(encodeMessage(MESSAGE)).subarray(0, -1)],
    ] as [string, Uint8Array][]) {
      it(`refuses ${title}`, () => {
        const err = thrownBy(() => decodeMessage(bytes));
        expect(err.code).to.equal('CHAT_FRAME_INVALID');
      });
    }
  });

  context('when bytes are random or changed at random', () => {
    it('gives a plain object or refuses, each time', () => {
      const random = givenRandom(20261122);
      const valid = encodeMessage({...MESSAGE, text: 'x'.repeat(100)});
      let refused = 0;
      for (let round = 0; round < 5000; round++) {
        const bytes =
          round % 2 ? random.bytes(random.below(300)) : random.mutate(valid);
        try {
          const decoded = decodeMessage(bytes);
          expect(Object.getPrototypeOf(decoded)).to.equal(Object.prototype);
        } catch (err) {
          if (!(err instanceof ChatError)) throw err;
          expect(err.code).to.equal('CHAT_FRAME_INVALID');
          refused++;
        }
      }
      // Else the fuzz would have shown nothing.
      expect(refused).to.be.within(1000, 4999);
    });
  });
});

function thrownBy(work: () => unknown): ChatError {
  try {
    work();
  } catch (err) {
    expect(err).to.be.instanceOf(ChatError);
    return err;
  }
  throw new Error('Nothing was thrown.');
}
