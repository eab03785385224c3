import {expect} from '@loopback/testlab';
import {randomUUID} from 'crypto';
import {
  ChatEvent,
  encodeMessage,
  MessageSession,
  MessageStatus,
  MessageType,
} from '../../protocol';
import {singleChannelId} from '../../services';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {givenMessage} from '../fixtures/device';
import {describeOverStores} from '../fixtures/stores';
import {givenUserId} from '../fixtures/token';

describeOverStores('Message by socket', store => {
  const chat = givenChatAppOfSuite({store});
  let ann: string;
  let bob: string;

  beforeEach(() => {
    ann = givenUserId('ann');
    bob = givenUserId('bob');
  });

  context('when it is addressed to another user', () => {
    it('is acked with its id, channel, numbers and time', async () => {
      const device = await chat().device(ann);
      const message = givenMessage({receiver: bob});
      const startedAt = Date.now();
      const ack = await device.send(message);
      expect(ack).to.deepEqual({
        statusCode: 200,
        id: message.id,
        channelId: singleChannelId(ann, bob),
        seq: 1,
        changeSeq: 1,
        createdAt: ack.createdAt,
      });
      expect(ack.createdAt).to.be.within(startedAt, Date.now());
    });

    it('is stored once it is acked', async () => {
      const device = await chat().device(ann);
      const message = givenMessage({receiver: bob, text: 'Keep me'});
      const ack = await device.send(message);
      const http = await chat().http(bob);
      const {body} = await http.get(`/messages/${message.id}`);
      expect(body).to.containDeep({
        id: message.id,
        body: 'Keep me',
        channelId: ack.channelId,
        channelType: 'single',
        seq: 1,
        changeSeq: 1,
        createdBy: ann,
        toUserId: bob,
      });
    });

    it('arrives at every device of the receiver, whole', async () => {
      const sender = await chat().device(ann);
      const devices = [await chat().device(bob), await chat().device(bob)];
      const message = givenMessage({
        receiver: bob,
        text: 'Hi 🌍',
        ext: '{"a":1}',
        subject: 'Greetings',
      });
      const ack = await sender.send(message);
      for (const device of devices) {
        expect(await device.receive(message.id)).to.containEql({
          id: message.id,
          session: MessageSession.SINGLE,
          sender: {id: ann, account: `account of ${ann}`},
          receiver: bob,
          status: MessageStatus.INITIAL,
          type: MessageType.TEXT,
          text: 'Hi 🌍',
          ext: '{"a":1}',
          subject: 'Greetings',
          channelId: ack.channelId,
          channelType: 'single',
          seq: ack.seq,
          changeSeq: ack.changeSeq,
          createdAt: ack.createdAt,
        });
      }
    });

    it("carries the sender's own clock along", async () => {
      const sender = await chat().device(ann);
      const receiver = await chat().device(bob);
      const message = givenMessage({receiver: bob, timer: '1699999999999'});
      await sender.send(message);
      const {timer} = await receiver.receive(message.id);
      expect(timer).to.equal('1699999999999');
    });

    it("arrives at the sender's other devices, not at the sending one", async () => {
      const sending = await chat().device(ann);
      const other = await chat().device(ann);
      const answering = await chat().device(bob);
      const message = givenMessage({receiver: bob});
      await sending.send(message);
      await other.receive(message.id);
      const answer = givenMessage({receiver: ann});
      await answering.send(answer);
      await sending.receive(answer.id);
      expect(sending.received.map(({id}) => id)).to.deepEqual([answer.id]);
    });

    it('arrives at nobody else', async () => {
      const eve = givenUserId('eve');
      const sender = await chat().device(ann);
      const stranger = await chat().device(eve);
      await sender.send(givenMessage({receiver: bob}));
      const toEve = givenMessage({receiver: eve});
      await sender.send(toEve);
      await stranger.receive(toEve.id);
      expect(stranger.received).to.have.length(1);
    });

    it('arrives in the order of seq, both ways', async () => {
      const [a, b] = [await chat().device(ann), await chat().device(bob)];
      const texts = Array.from({length: 50}, (_, i) => `${i}`);
      const fromAnn = texts.map(text => givenMessage({receiver: bob, text}));
      const fromBob = texts.map(text => givenMessage({receiver: ann, text}));
      await Promise.all([
        ...fromAnn.map(message => a.send(message)),
        ...fromBob.map(message => b.send(message)),
      ]);
      await Promise.all(fromAnn.map(({id}) => b.receive(id)));
      expect(b.received.map(({text}) => text)).to.deepEqual(texts);
      const seqs = b.received.map(({seq}) => Number(seq));
      expect(seqs).to.deepEqual([...seqs].sort((x, y) => x - y));
    });
  });

  context("when the frame says what is the server's to say", () => {
    it('is stored with what the server says', async () => {
      const sender = await chat().device(ann);
      const receiver = await chat().device(bob);
      const message = givenMessage({
        receiver: bob,
        sender: {id: givenUserId('eve'), account: 'eve'},
        channelId: randomUUID(),
        channelType: 'task',
        seq: 77,
        changeSeq: 78,
        createdAt: 1,
        editedAt: 2,
        deleted: true,
        status: MessageStatus.READ,
        type: MessageType.SYSTEM,
      });
      const ack = await sender.send(message);
      expect(ack).to.containEql({
        statusCode: 200,
        channelId: singleChannelId(ann, bob),
        seq: 1,
        changeSeq: 1,
      });
      const received = await receiver.receive(message.id);
      expect(received.sender).to.containEql({id: ann});
      expect(received).to.containEql({
        seq: 1,
        changeSeq: 1,
        createdAt: ack.createdAt,
        channelType: 'single',
        status: MessageStatus.INITIAL,
        type: MessageType.TEXT,
      });
      expect(received.deleted).to.not.equal(true);
      expect(received).to.not.have.property('editedAt');
    });
  });

  context('when the receiver has never been heard of', () => {
    it('is there once the receiver connects and asks', async () => {
      const sender = await chat().device(ann);
      const message = givenMessage({receiver: bob});
      expect(await sender.send(message)).to.containEql({statusCode: 200});
      const {body} = await (await chat().http(bob)).find();
      expect(body.map(({id}) => id)).to.deepEqual([message.id]);
    });
  });

  context('when the client acks what it received', () => {
    for (const answer of [{statusCode: 200}, 'rubbish', null]) {
      it(`takes ${JSON.stringify(answer)} and goes on`, async () => {
        const sender = await chat().device(ann);
        const receiver = await chat().device(bob);
        receiver.socket.on(ChatEvent.MessageText, (_bytes, ack) => {
          if (typeof ack === 'function') ack(answer);
        });
        for (const text of ['one', 'two']) {
          const message = givenMessage({receiver: bob, text});
          expect(await sender.send(message)).to.containEql({statusCode: 200});
          await receiver.receive(message.id);
        }
      });
    }
  });

  context('when no client sends such an event', () => {
    for (const event of [
      'on-message:system',
      'on-channel',
      'on-nothing',
      'constructor',
      '__proto__',
    ]) {
      it(`answers 404 to ${event}`, async () => {
        const device = await chat().device(ann);
        const ack = await device.emit(
          event,
          encodeMessage(givenMessage({receiver: bob})),
        );
        expect(ack).to.containEql({statusCode: 404, code: 'CHAT_NOT_FOUND'});
      });
    }
  });
});
