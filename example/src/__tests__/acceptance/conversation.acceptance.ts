import {expect} from '@loopback/testlab';
import type {MessageAck} from 'loopback4-chat';
import {givenDataDir, givenTempDir} from '../fixtures/data-dir';
import {givenDevice, type Device} from '../fixtures/device';
import {givenExample, type Variables} from '../fixtures/example-process';
import {
  givenUser,
  logIn,
  readChannel,
  request,
  type TestMessage,
  type TestUser,
} from '../fixtures/rest-client';
import {givenRealDatabase, testedDatabases} from '../fixtures/real-database';

const EACH_WAY = 500;
const BURST = 600;
const ACKS_BEFORE_KILL = 50;

describe('a conversation (acceptance)', () => {
  for (const useSequelize of ['', 'true']) {
    context(`with CHAT_USE_SEQUELIZE=${useSequelize}`, () => {
      it('keeps every acked message through kill -9 and restart', async () => {
        await expectNothingLost({
          CHAT_DATA_DIR: await givenDataDir(),
          CHAT_USE_SEQUELIZE: useSequelize,
        });
      }).timeout(60_000);
    });
  }

  for (const database of testedDatabases('postgresql', 'mysql')) {
    context(`on ${database}`, () => {
      it('keeps every acked message through kill -9 and restart', async () => {
        await expectNothingLost({
          ...(await givenRealDatabase(database)),
          CHAT_DATA_DIR: await givenTempDir(),
        });
      }).timeout(60_000);
    });
  }
});

async function expectNothingLost(variables: Variables): Promise<void> {
  const first = await givenExample(variables);
  const ann = await givenUser(first.url, 'ann');
  const bob = await givenUser(first.url, 'bob');
  const annPhone = await givenDevice(first.url, ann);
  const annLaptop = await givenDevice(first.url, ann);
  const bobPhone = await givenDevice(first.url, bob);

  const acks = await talk({annPhone, annLaptop, bobPhone}, ann, bob);
  const burstAcks = await burst(annPhone, bob, () => first.signal('SIGKILL'));
  await first.ended;

  const second = await givenExample(variables);
  const {token} = await logIn(second.url, 'bob');
  const messages = await readChannel(second.url, token, acks[0].channelId);
  expectEveryAcked(messages, [...acks, ...burstAcks]);
  await expectSameAckAgain(second.url, ann, bob, acks[0]);
}

/** Sends 1,000 messages both ways; @returns their acks */
async function talk(
  devices: Record<'annPhone' | 'annLaptop' | 'bobPhone', Device>,
  ann: TestUser,
  bob: TestUser,
): Promise<MessageAck[]> {
  const {annPhone, annLaptop, bobPhone} = devices;
  const numbers = Array.from({length: EACH_WAY}, (_, index) => index);
  const acks = await Promise.all(
    numbers.flatMap(number => [
      annPhone.sent(bob.id, `to Bob ${number}`),
      bobPhone.sent(ann.id, `to Ann ${number}`),
    ]),
  );
  await annLaptop.hasReceived(2 * EACH_WAY);
  await annPhone.hasReceived(EACH_WAY);
  await bobPhone.hasReceived(EACH_WAY);
  expect([...new Set(acks.map(ack => ack.statusCode))]).to.eql([200]);
  const all = acks.map(({id}) => id).sort();
  const idsOf = ({received}: Device) => received.map(({id}) => id).sort();
  expect(idsOf(annLaptop)).to.eql(all);
  expect([...idsOf(annPhone), ...idsOf(bobPhone)].sort()).to.eql(all);
  return acks;
}

/** Sends more, and kills in the middle; @returns the acks that came in time */
async function burst(
  from: Device,
  to: TestUser,
  kill: () => void,
): Promise<MessageAck[]> {
  const acks: MessageAck[] = [];
  const disconnected = new Promise(resolve => {
    from.socket.once('disconnect', resolve);
  });
  for (let number = 0; number < BURST; number++) {
    from.send(to.id, `burst ${number}`, ack => {
      acks.push(ack);
      if (acks.length === ACKS_BEFORE_KILL) kill();
    });
  }
  await disconnected;
  return acks;
}

function expectEveryAcked(messages: TestMessage[], acks: MessageAck[]): void {
  expect(messages.length).to.be.aboveOrEqual(2 * EACH_WAY + ACKS_BEFORE_KILL);
  const seqs = messages.map(({seq}) => seq);
  expect(seqs).to.eql(messages.map((_, index) => index + 1));
  const seqOf = new Map(messages.map(({id, seq}) => [id, seq]));
  expect(acks.map(({id}) => seqOf.get(id))).to.eql(acks.map(({seq}) => seq));
}

async function expectSameAckAgain(
  url: string,
  ann: TestUser,
  bob: TestUser,
  ack: MessageAck,
): Promise<void> {
  const device = await givenDevice(url, ann);
  expect(await device.sent(bob.id, 'to Bob 0', ack.id)).to.eql(ack);
  const {body} = await request<TestMessage>(`${url}/messages/${ack.id}`, {
    token: bob.token,
  });
  expect(body.seq).to.equal(ack.seq);
}
