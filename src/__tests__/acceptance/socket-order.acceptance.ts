import {expect} from '@loopback/testlab';
import {
  ChatEvent,
  decodeMessage,
  encodeMessage,
  MessageSession,
} from '../../protocol';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
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
