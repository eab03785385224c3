import {expect, skipIf} from '@loopback/testlab';
import {randomUUID} from 'crypto';
import {givenChatApp, givenChatAppOfSuite} from '../fixtures/chat-app';
import {givenMessage} from '../fixtures/device';
import type {HttpErrorBody} from '../fixtures/http-client';
import {describeOverStores} from '../fixtures/stores';
import {givenUserId} from '../fixtures/token';

describeOverStores('Idempotency of messages', store => {
  const chat = givenChatAppOfSuite({store});
  let ann: string;
  let bob: string;

  beforeEach(() => {
    ann = givenUserId('ann');
    bob = givenUserId('bob');
  });

  context('when the same id is sent again', () => {
    it('is acked just so and told to nobody', async () => {
      const sender = await chat().device(ann);
      const receiver = await chat().device(bob);
      const message = givenMessage({receiver: bob});
      const ack = await sender.send(message);
      expect(await sender.send(message)).to.deepEqual(ack);
      const next = givenMessage({receiver: bob});
      expect(await sender.send(next)).to.containEql({statusCode: 200, seq: 2});
      await receiver.receive(next.id);
      const ids = receiver.received.map(({id}) => id);
      expect(ids).to.deepEqual([message.id, next.id]);
    });

    it('is acked just so when it is sent many times at once', async () => {
      const devices = [await chat().device(ann), await chat().device(ann)];
      const message = givenMessage({receiver: bob});
      const acks = await Promise.all(
        Array.from({length: 50}, (_, i) => devices[i % 2].send(message)),
      );
      expect(acks[0].statusCode).to.equal(200);
      for (const ack of acks) expect(ack).to.deepEqual(acks[0]);
      expect(acks[0].seq).to.equal(1);
    });

    it('is acked 409 when it is another message', async () => {
      const sender = await chat().device(ann);
      const message = givenMessage({receiver: bob});
      await sender.send(message);
      for (const other of [
        {...message, text: 'Another text'},
        {...message, receiver: givenUserId('carol')},
      ]) {
        const ack = await sender.send(other);
        expect(ack).to.containEql({statusCode: 409, code: 'CHAT_CONFLICT'});
      }
    });

    it('is acked 409 to another user, who learns nothing of it', async () => {
      const sender = await chat().device(ann);
      const message = givenMessage({receiver: bob, text: 'Between us'});
      await sender.send(message);
      const stranger = await chat().device(givenUserId('eve'));
      const ack = await stranger.send(message);
      expect(Object.keys(ack).sort()).to.deepEqual([
        'code',
        'message',
        'statusCode',
      ]);
      expect(ack).to.containEql({statusCode: 409, code: 'CHAT_CONFLICT'});
    });
  });

  context('when the app was started anew', () => {
    const isKept = store.database !== 'memory';
    skipIf(
      !isKept,
      it,
      'gives the same ack (memory keeps nothing)',
      async () => {
        const sender = await chat().device(ann);
        const message = givenMessage({receiver: bob, text: 'Once 🌍'});
        const ack = await sender.send(message);
        const restarted = await givenChatApp({store});
        const again = await restarted.device(ann);
        expect(await again.send(message)).to.deepEqual(ack);
      },
    );
  });

  context('when it has an Idempotency-Key', () => {
    it('has the key as its id, and is stored once', async () => {
      const http = await chat().http(ann);
      const key = randomUUID();
      const send = () =>
        http.post(
          '/messages',
          {toUserId: bob, body: 'Once'},
          {'Idempotency-Key': key},
        );
      const answers = await Promise.all(Array.from({length: 20}, send));
      answers.push(await send());
      for (const {status, body} of answers) {
        expect(status).to.equal(200);
        expect(body).to.deepEqual(answers[0].body);
      }
      expect(answers[0].body).to.containEql({id: key, seq: 1});
      expect((await http.find()).body).to.have.length(1);
    });

    it('answers 409 to another message with the same key', async () => {
      const http = await chat().http(ann);
      const headers = {'Idempotency-Key': randomUUID()};
      await http.post('/messages', {toUserId: bob, body: 'One'}, headers);
      const other = {toUserId: bob, body: 'Two'};
      const {status, body} = await http.post<HttpErrorBody>(
        '/messages',
        other,
        headers,
      );
      expect(status).to.equal(409);
      expect(body.error.code).to.equal('CHAT_CONFLICT');
    });

    it('is the message sent by socket with that id', async () => {
      const device = await chat().device(ann);
      const message = givenMessage({receiver: bob, text: 'Same'});
      const ack = await device.send(message);
      const http = await chat().http(ann);
      const draft = {toUserId: bob, body: 'Same', id: message.id};
      const {status, body} = await http.post('/messages', draft);
      expect(status).to.equal(200);
      expect(body.seq).to.equal(ack.seq);
      expect(new Date(body.createdOn).getTime()).to.equal(ack.createdAt);
    });

    for (const key of ['no uuid', '', `${randomUUID()}x`]) {
      it(`answers 422 to '${key}'`, async () => {
        const http = await chat().http(ann);
        const draft = {toUserId: bob, body: 'One'};
        const headers = {'Idempotency-Key': key};
        const answer = await http.post('/messages', draft, headers);
        expect(answer.status).to.equal(422);
      });
    }

    it('answers 422 when the body has another id', async () => {
      const http = await chat().http(ann);
      const {status} = await http.post(
        '/messages',
        {id: randomUUID(), toUserId: bob, body: 'One'},
        {'Idempotency-Key': randomUUID()},
      );
      expect(status).to.equal(422);
    });
  });
});
