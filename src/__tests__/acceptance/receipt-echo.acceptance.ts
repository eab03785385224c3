import {expect} from '@loopback/testlab';
import {once} from 'events';
import {ChatEvent, FRAMES, MessageSession} from '../../protocol';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {givenMessage, type Device} from '../fixtures/device';
import {givenGroup} from '../fixtures/group';
import {describeOverStores} from '../fixtures/stores';
import {givenUserId} from '../fixtures/token';

/** Long enough for the acks of two devices to be written together. */
const GATHERED_MS = 200;

describeOverStores('The ack of a message', store => {
  const chat = givenChatAppOfSuite({
    store,
    config: {realtime: {receiptDelayMs: GATHERED_MS}},
  });

  /** A device that acks messages, or does not; counts what it is told of receipts. */
  async function givenDevice(userId: string, isAcking: boolean) {
    const device = await chat().device(userId);
    const told: (string | undefined)[] = [];
    device.socket.on(ChatEvent.MessageReceived, (bytes: Uint8Array) => {
      told.push(FRAMES.Cursor.decode(new Uint8Array(bytes)).userId);
    });
    device.socket.on(ChatEvent.MessageText, (...args: unknown[]) => {
      const ack = args[args.length - 1];
      if (isAcking && typeof ack === 'function') ack({statusCode: 200});
    });
    return {device, told};
  }

  /** Resolves when all is here that was told by now. */
  const settle = ({device}: {device: Device}) =>
    device.emit(ChatEvent.Presence, FRAMES.PresenceQuery.encode({}));

  const places = {
    async two() {
      const [ann, bob] = ['ann', 'bob'].map(givenUserId);
      return {ann, bob, place: {receiver: bob}};
    },
    async group() {
      const {id, owner, member} = await givenGroup(chat());
      const place = {session: MessageSession.GROUP, receiver: id};
      return {ann: owner.id, bob: member.id, place};
    },
  };

  for (const [name, givenPlace] of Object.entries(places)) {
    context(`in a channel: ${name}`, () => {
      /** Ann writes to Bob's devices. @returns how often each of them is told */
      async function toldOf(...acking: boolean[]): Promise<unknown[]> {
        const {ann, bob, place} = await givenPlace();
        const author = await givenDevice(ann, false);
        const bobs = await Promise.all(
          acking.map(each => givenDevice(bob, each)),
        );
        const {socket} = author.device;
        const received = once(socket as never, ChatEvent.MessageReceived);
        await author.device.send(givenMessage(place));
        await received;
        await Promise.all(bobs.map(settle));
        expect(author.told).to.eql([bob]);
        for (const {told} of bobs) {
          expect(told.every(userId => userId === bob)).to.be.true();
        }
        return bobs.map(({told}) => told.length);
      }

      it('is told to the author, not to the only device that acked', async () => {
        expect(await toldOf(true)).to.eql([0]);
      });

      it('is told to the other device of who acked', async () => {
        expect(await toldOf(true, false)).to.eql([0, 1]);
      });

      it('is told to both devices where both acked together', async () => {
        expect(await toldOf(true, true)).to.eql([1, 1]);
      });
    });
  }
});
