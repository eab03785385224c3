import {expect, skipIf} from '@loopback/testlab';
import {givenChatApp} from '../fixtures/chat-app';
import {cleanUpAfterTest} from '../fixtures/clean-up';
import {givenMessage} from '../fixtures/device';
import {describeOverStores} from '../fixtures/stores';
import {givenUserId} from '../fixtures/token';

describeOverStores('Times of messages', store => {
  for (const zone of ['UTC', 'Asia/Tokyo', 'America/St_Johns']) {
    context(`when the process is in ${zone}`, () => {
      it('gives the same time by ack, frame, REST and filter', async () => {
        givenTimeZone(zone);
        const chat = await givenChatApp({store});
        const ann = givenUserId('ann');
        const bob = givenUserId('bob');
        const [a, b] = [await chat.device(ann), await chat.device(bob)];
        const message = givenMessage({receiver: bob});
        const startedAt = Date.now();
        const {createdAt} = await a.send(message);
        expect(createdAt).to.be.within(startedAt, Date.now());
        expect(await b.receive(message.id)).to.containEql({createdAt});
        expect(await a.send(message)).to.containEql({createdAt});

        const http = await chat.http(ann);
        const {body} = await http.get(`/messages/${message.id}`);
        expect(body.createdOn).to.equal(new Date(Number(createdAt)).toJSON());
        for (const createdOn of [
          body.createdOn,
          {between: [body.createdOn, body.createdOn]},
        ]) {
          const found = await http.find({where: {createdOn}});
          expect(found.body).to.have.length(1);
        }
        const later = await http.find({
          where: {createdOn: {gt: body.createdOn}},
        });
        expect(later.body).to.be.empty();
      });

      const isKept = store.database !== 'memory';
      skipIf(!isKept, it, 'reads others (memory keeps nothing)', async () => {
        const chat = await givenChatApp({store});
        const ann = givenUserId('ann');
        const draft = {toUserId: givenUserId('bob'), body: 'Hi'};
        const sent = await (await chat.http(ann)).post('/messages', draft);
        givenTimeZone(zone);
        const other = await givenChatApp({store});
        const {body} = await (await other.http(ann)).find();
        expect(body).to.deepEqual([sent.body]);
      });
    });
  }
});

/** Moves the process to another time zone until the test is over. */
function givenTimeZone(zone: string): void {
  const before = process.env.TZ;
  cleanUpAfterTest(() => {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  });
  process.env.TZ = zone;
}
