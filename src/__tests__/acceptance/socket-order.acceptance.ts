import {expect, sinon} from '@loopback/testlab';
import {setTimeout} from 'timers/promises';
import {
  ChatEvent,
  decodeMessage,
  encodeMessage,
  FRAMES,
  MessageSession,
} from '../../protocol';
import type {MessageStandingService} from '../../services';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {cleanUpAfterTest} from '../fixtures/clean-up';
import {givenConversation} from '../fixtures/conversation';
import {givenMessage, type Device, type ReceivedAck} from '../fixtures/device';
import {describeOverStores} from '../fixtures/stores';
import {givenUserId} from '../fixtures/token';

const EACH = 40;

/** Sends many at once, and writes down the numbers of changes as they come. */
function sendMany(device: Device, place: object, seen: number[]): void {
  device.socket.on(ChatEvent.MessageText, (bytes: Uint8Array) => {
    seen.push(Number(decodeMessage(new Uint8Array(bytes)).changeSeq));
  });
  for (let n = 0; n < EACH; n++) {
    const frame = encodeMessage(givenMessage(place));
    // Not by a promise, which resolves after what comes with the ack.
    device.socket.emit(ChatEvent.MessageText, frame, (ack: ReceivedAck) => {
      seen.push(Number(ack.changeSeq));
    });
  }
}

describeOverStores('What devices see that send at the same time', store => {
  const realtime = {sendsPerSecond: 1000, sendBurst: 1000};
  const chat = givenChatAppOfSuite({store, config: {realtime}});

  /** Each sees its own acks and the others' messages in one order, with no gap. */
  async function expectOrder(
    devices: Device[],
    places: object[],
    first: number,
  ) {
    const all = devices.map((): number[] => []);
    devices.forEach((device, n) => sendMany(device, places[n], all[n]));
    const total = EACH * devices.length;
    const expected = Array.from({length: total}, (_, n) => first + n);
    for (const seen of all) {
      while (seen.length < total) await new Promise(setImmediate);
      expect(seen).to.eql(expected);
    }
  }

  it('is in order in a channel of the host’s own type', async () => {
    const {annId, bobId, channelId} = await givenConversation(chat());
    const place = {session: MessageSession.CHANNEL, receiver: channelId};
    const devices = [await chat().device(annId), await chat().device(bobId)];
    await expectOrder(devices, [place, place], 2);
  });

  it('is in order between two', async () => {
    const ids = [givenUserId('ann'), givenUserId('bob')];
    const devices = await Promise.all(ids.map(id => chat().device(id)));
    const opening = givenMessage({receiver: ids[1]});
    await devices[0].send(opening);
    await devices[1].receive(opening.id);
    const places = [{receiver: ids[1]}, {receiver: ids[0]}];
    await expectOrder(devices, places, 2);
  });
});

describeOverStores('Changes that a device sends without waiting', store => {
  const chat = givenChatAppOfSuite({store});
  let device: Device;
  let messageId: string;
  let channelId: string;

  beforeEach(async () => {
    device = await chat().device(givenUserId('ann'));
    const message = givenMessage({receiver: givenUserId('bob')});
    messageId = String(message.id);
    channelId = String((await device.send(message)).channelId);
    await holdUpEverySecond();
  });

  /** Has the look-ups of the first change, the third and so on take longer. */
  async function holdUpEverySecond() {
    const service = await chat().app.get<MessageStandingService>(
      'chat.messageStandingService',
    );
    const change = sinon.stub(service, 'change');
    cleanUpAfterTest(() => change.restore());
    change.callsFake(async (...args) => {
      if (change.callCount % 2) await setTimeout(20);
      return change.wrappedMethod.apply(service, args);
    });
  }

  const edit = (text: string) =>
    device.emit(
      ChatEvent.MessageEdit,
      FRAMES.MessageEdit.encode({messageId, text}),
    );
  const react = (removed: boolean) =>
    device.emit(
      ChatEvent.MessageReaction,
      FRAMES.Reaction.encode({messageId, emoji: '👍', removed}),
    );
  const remove = () =>
    device.emit(
      ChatEvent.MessageDelete,
      FRAMES.MessageDelete.encode({messageId}),
    );

  async function stored() {
    const channels = [{channelId, changeSeq: 0}];
    const frame = FRAMES.SyncRequest.encode({channels});
    const {data} = await device.emit(ChatEvent.Sync, frame);
    const answer = FRAMES.SyncResponse.decode(new Uint8Array(data ?? []));
    const [message] = answer.channels?.[0]?.messages ?? [];
    return message;
  }

  /** The numbers of changes after the message itself, from one on. */
  async function expectInOrder(acks: Promise<ReceivedAck>[]) {
    const numbers = (await Promise.all(acks)).map(ack => ack.changeSeq);
    expect(numbers).to.eql(acks.map((_, n) => 2 + n));
  }

  it('leaves the last of its edits', async () => {
    await expectInOrder(['a', 'b', 'c', 'd'].map(edit));
    expect((await stored()).text).to.equal('d');
  });

  it('leaves no reaction that it took back', async () => {
    await expectInOrder([false, true, false, true].map(react));
    expect((await stored()).reactions ?? []).to.be.empty();
  });

  it('are made in its order where they are of several kinds', async () => {
    await expectInOrder([edit('a'), react(false), edit('b'), remove()]);
    expect((await stored()).deleted).to.be.true();
  });

  it('go on after one that is refused', async () => {
    const acks = await Promise.all([edit(''), edit('a'), react(false)]);
    const codes = acks.map(({statusCode}) => statusCode);
    expect(codes).to.eql([422, 200, 200]);
    expect((await stored()).text).to.equal('a');
  });
});
