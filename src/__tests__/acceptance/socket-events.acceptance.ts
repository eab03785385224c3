import {expect} from '@loopback/testlab';
import {randomUUID} from 'crypto';
import {once} from 'events';
import {
  ChatEvent,
  FRAMES,
  MessageSession,
  MessageType,
  NotifyStatus,
  NotifyType,
  type FrameCodec,
  type WireMessage,
} from '../../protocol';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {givenCheckedClient} from '../fixtures/checked-client';
import type {Device} from '../fixtures/device';
import {givenFiles} from '../fixtures/files';
import {storedIn} from '../fixtures/stored';
import {describeOverStores} from '../fixtures/stores';
import {givenMessage} from '../fixtures/device';
import {givenUserId} from '../fixtures/token';

/** Resolves with the next event of a device, decoded. */
async function next<T>(
  {socket}: Device,
  event: string,
  codec: FrameCodec<T>,
): Promise<T> {
  const [bytes] = await once(socket as never, event);
  return codec.decode(new Uint8Array(bytes as Uint8Array));
}

describeOverStores('Events of a socket', store => {
  const chat = givenChatAppOfSuite({store});
  let ann: string;
  let bob: string;
  let annsPhone: Device;
  let annsDesk: Device;
  let bobs: Device;

  beforeEach(async () => {
    [ann, bob] = ['ann', 'bob'].map(givenUserId);
    [annsPhone, annsDesk, bobs] = await Promise.all(
      [ann, ann, bob].map(user => chat().device(user)),
    );
  });

  async function sent(fields: WireMessage = {}) {
    const message = givenMessage({receiver: bob, ...fields});
    const ack = await annsPhone.send(message);
    expect(ack.statusCode).to.equal(200);
    await bobs.receive(message.id);
    return {
      messageId: String(message.id),
      channelId: String(ack.channelId),
      changeSeq: Number(ack.changeSeq),
      seq: Number(ack.seq),
    };
  }

  for (const [event, field, type] of [
    [ChatEvent.MessageImage, 'image', MessageType.IMAGE],
    [ChatEvent.MessageVideo, 'media', MessageType.VIDEO],
    [ChatEvent.MessageAudio, 'media', MessageType.AUDIO],
    [ChatEvent.MessageFile, 'media', MessageType.FILE],
  ] as const) {
    it(`brings ${event} to the receiver`, async () => {
      const stored = await storedIn(chat());
      const [content] = await givenFiles(stored, ann, 1);
      const frame = {
        ...{id: randomUUID(), session: MessageSession.SINGLE, receiver: bob},
        [field]: content,
      };
      const ack = await annsPhone.emit(event, FRAMES.Message.encode(frame));
      expect(ack.statusCode).to.equal(200);
      const got = await bobs.receive(frame.id);
      expect(got).to.containEql({type, [field]: content, seq: 1});
      expect(got.text).to.not.be.ok();
    });
  }

  it('refuses content that is no attachment', async () => {
    for (const image of ['', 'http://a.example/x.png', 'javascript:alert(1)']) {
      const frame = {...givenMessage({receiver: bob}), image};
      const ack = await annsPhone.emit(
        ChatEvent.MessageImage,
        FRAMES.Message.encode(frame),
      );
      expect(ack).to.containEql({statusCode: 422, code: 'CHAT_INPUT_INVALID'});
    }
  });

  it('tells all devices but the one that edits', async () => {
    const {messageId, channelId, changeSeq} = await sent();
    const told = Promise.all(
      [annsDesk, bobs].map(device =>
        next(device, ChatEvent.MessageEdit, FRAMES.MessageEdit),
      ),
    );
    const ack = await annsPhone.emit(
      ChatEvent.MessageEdit,
      FRAMES.MessageEdit.encode({messageId, text: 'Better'}),
    );
    const place = {channelId, changeSeq: changeSeq + 1};
    expect(ack).to.eql({statusCode: 200, ...place});
    for (const edit of await told) {
      expect(edit).to.containEql({
        ...{messageId, text: 'Better'},
        ...place,
      });
    }
  });

  it('tells what REST changes of a message, the whole of it', async () => {
    const {messageId} = await sent({ext: '{"a":1}', text: 'Good'});
    const rest = await givenCheckedClient(chat(), ann);
    const change = async (method: string, body: object) => {
      const told = next(bobs, ChatEvent.MessageEdit, FRAMES.MessageEdit);
      const {status} = await rest.send(method, `/messages/${messageId}`, body);
      expect(status).to.equal(204);
      return told;
    };
    const marked = await change('PATCH', {subject: 'About'});
    const all = {text: 'Good', ext: '{"a":1}', subject: 'About'};
    expect(marked).to.containEql(all);
    const {text, ext, subject} = await change('PUT', {body: 'Better'});
    expect({text, ext, subject}).to.eql({
      ...{text: 'Better', ext: undefined, subject: undefined},
    });
  });

  it('tells of a deletion, and refuses one of another', async () => {
    const {messageId, channelId} = await sent();
    const frame = FRAMES.MessageDelete.encode({messageId, channelId});
    expect(await bobs.emit(ChatEvent.MessageDelete, frame)).to.containEql({
      statusCode: 403,
    });
    const told = next(bobs, ChatEvent.MessageDelete, FRAMES.MessageDelete);
    const ack = await annsPhone.emit(ChatEvent.MessageDelete, frame);
    expect(ack).to.containEql({statusCode: 200, changeSeq: 2});
    expect(await told).to.containEql({messageId, deletedBy: ann, changeSeq: 2});
  });

  it('tells of reactions', async () => {
    const {messageId, channelId} = await sent();
    const told = next(annsPhone, ChatEvent.MessageReaction, FRAMES.Reaction);
    const ack = await bobs.emit(
      ChatEvent.MessageReaction,
      FRAMES.Reaction.encode({messageId, channelId, emoji: '👍'}),
    );
    expect(ack).to.containEql({statusCode: 200, changeSeq: 2});
    expect(await told).to.containEql({messageId, emoji: '👍', userId: bob});
  });

  it('moves the cursor of who acks, and tells the sender', async () => {
    bobs.socket.onAny((event, ...args) => {
      const ack = args[args.length - 1];
      if (typeof ack === 'function') ack({statusCode: 200});
    });
    const told = next(annsPhone, ChatEvent.MessageReceived, FRAMES.Cursor);
    const {channelId, seq} = await sent();
    expect(await told).to.containEql({channelId, userId: bob, seq});
  });

  it('records what was read, and tells of it', async () => {
    const {channelId, seq} = await sent();
    const told = next(annsPhone, ChatEvent.MessageRead, FRAMES.Cursor);
    const read = (number: number) =>
      bobs.emit(
        ChatEvent.MessageRead,
        FRAMES.Cursor.encode({channelId, seq: number}),
      );
    expect(await read(seq)).to.eql({statusCode: 200, seq});
    expect(await told).to.containEql({channelId, userId: bob, seq});
    expect(await read(0)).to.eql({statusCode: 200, seq});
  });

  it('passes on who is typing, to members only', async () => {
    const {channelId} = await sent();
    const frame = FRAMES.Typing.encode({channelId, typing: true});
    const told = next(annsPhone, ChatEvent.Typing, FRAMES.Typing);
    expect(await bobs.emit(ChatEvent.Typing, frame)).to.eql({statusCode: 200});
    expect(await told).to.containEql({channelId, userId: bob, typing: true});
    const eve = await chat().device(givenUserId('eve'));
    expect(await eve.emit(ChatEvent.Typing, frame)).to.containEql({
      statusCode: 404,
    });
  });

  it('passes it on of the id of a channel of two in capitals', async () => {
    const {channelId} = await sent();
    const said = {channelId: channelId.toUpperCase(), typing: true};
    const told = next(annsPhone, ChatEvent.Typing, FRAMES.Typing);
    const ack = await bobs.emit(ChatEvent.Typing, FRAMES.Typing.encode(said));
    expect(ack).to.eql({statusCode: 200});
    expect(await told).to.containEql({channelId, userId: bob});
  });

  it('brings notifications, and their answers', async () => {
    const told = next(bobs, ChatEvent.Notify, FRAMES.Notify);
    const ack = await annsPhone.emit(
      ChatEvent.Notify,
      FRAMES.Notify.encode({type: NotifyType.ADD_FRIEND, receiver: bob}),
    );
    expect(ack.statusCode).to.equal(200);
    const asked = await told;
    expect(asked).to.containEql({id: ack.id, receiver: bob});
    const answered = next(annsDesk, ChatEvent.Notify, FRAMES.Notify);
    const status = NotifyStatus.FULFILLED;
    const answer = FRAMES.Notify.encode({id: ack.id, status});
    expect(await bobs.emit(ChatEvent.Notify, answer)).to.eql({
      statusCode: 200,
      id: ack.id,
    });
    expect(await answered).to.containEql({id: ack.id, status});
  });

  it("brings the clock of a notification's sender, unless it is too long", async () => {
    const told = next(bobs, ChatEvent.Notify, FRAMES.Notify);
    const notify = (timer: string) =>
      annsPhone.emit(
        ChatEvent.Notify,
        FRAMES.Notify.encode({type: NotifyType.CUSTOM, receiver: bob, timer}),
      );
    const tooLong = await notify('1'.repeat(65));
    expect(tooLong.details?.map(({path}) => path)).to.eql(['timer']);
    expect(await notify('1700000000000')).to.containEql({statusCode: 200});
    expect(await told).to.containEql({timer: '1700000000000'});
  });

  it('answers what changed since', async () => {
    const {channelId, messageId} = await sent();
    const ask = async (device: Device, changeSeq: number) => {
      const channels = [{channelId, changeSeq}];
      const frame = FRAMES.SyncRequest.encode({channels});
      const {statusCode, data} = await device.emit(ChatEvent.Sync, frame);
      expect(statusCode).to.equal(200);
      return FRAMES.SyncResponse.decode(new Uint8Array(data ?? []));
    };
    const {channels: [first] = []} = await ask(bobs, 0);
    expect(first.changeSeq).to.equal(1);
    expect(first.messages?.map(({id}) => id)).to.eql([messageId]);
    expect(first.channel).to.containEql({id: channelId, unread: 1});
    const eve = await chat().device(givenUserId('eve'));
    expect((await ask(eve, 0)).channels ?? []).to.be.empty();
  });

  it('tells acquaintances who is online, and when they go', async () => {
    await sent();
    const ask = async (device: Device) => {
      const frame = FRAMES.PresenceQuery.encode({userIds: [bob]});
      const {data} = await device.emit(ChatEvent.Presence, frame);
      return FRAMES.PresenceList.decode(new Uint8Array(data ?? []));
    };
    expect((await ask(annsPhone)).presences).to.containDeep([
      {userId: bob, online: true},
    ]);
    const eve = await chat().device(givenUserId('eve'));
    expect((await ask(eve)).presences ?? []).to.be.empty();
    const told = next(annsPhone, ChatEvent.Presence, FRAMES.PresenceList);
    bobs.socket.close();
    const {presences: [gone] = []} = await told;
    expect(gone.userId).to.equal(bob);
    expect(gone.online).to.not.be.ok();
    expect(gone.lastSeenAt).to.be.above(0);
  });
});
