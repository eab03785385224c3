import {expect} from '@loopback/testlab';
import {randomUUID} from 'crypto';
import {PermissionKey} from '../../permissions';
import {ChatEvent, encodeMessage, FRAMES, NotifyType} from '../../protocol';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {
  givenCheckedClient,
  type CheckedClient,
} from '../fixtures/checked-client';
import {
  givenClient,
  givenMessage,
  refusal,
  type Device,
} from '../fixtures/device';
import {HttpClient, type RestMessage} from '../fixtures/http-client';
import {describeOverStores} from '../fixtures/stores';
import {givenToken, givenUserId} from '../fixtures/token';

const TENANTS = ['red', 'blue'] as const;
const permissions = Object.values(PermissionKey);

describeOverStores('Tenants', store => {
  const chat = givenChatAppOfSuite({
    store,
    config: {auth: {claims: {tenant: 'org.id'}}},
  });
  let ann: string;
  let bob: string;

  beforeEach(() => {
    [ann, bob] = [givenUserId('ann'), givenUserId('bob')];
  });

  const claimsIn = (tenant: unknown) => ({permissions, org: {id: tenant}});
  const client = (tenant: string, id: string): Promise<CheckedClient> =>
    givenCheckedClient(chat(), id, {claims: claimsIn(tenant)});
  const device = (tenant: string, id: string): Promise<Device> =>
    chat().device(id, {claims: claimsIn(tenant)});

  it('have users of the same id, who are others', async () => {
    const texts: string[][] = [];
    for (const tenant of TENANTS) {
      const sender = await client(tenant, ann);
      const toUserId = `${tenant}:${bob}`;
      const body = `Hello to the ${tenant} one`;
      const sent = await sender.post('/messages', {toUserId, body});
      expect([sent.status, sent.body.createdBy]).to.eql([
        ...[200, `${tenant}:${ann}`],
      ]);
      await sender.post('/messages', {
        ...{channelId: `${tenant}:task-${ann}`, channelType: 'task', body},
      });
    }
    for (const tenant of TENANTS) {
      const all = await (await client(tenant, ann)).find<RestMessage[]>();
      texts.push(all.body.map(({body}) => body));
    }
    expect(texts).to.eql(
      TENANTS.map(tenant => Array(2).fill(`Hello to the ${tenant} one`)),
    );
  });

  it('answer 404 to whoever names another’s, whether it is there or not', async () => {
    const red = await client('red', ann);
    const blue = await client('blue', bob);
    const there = `blue:${bob}`;
    const task = `blue:task-${bob}`;
    const body = 'Nobody there hears this';
    await blue.post('/messages', {channelId: task, channelType: 'task', body});
    const group = await red.post('/groups', {name: 'Red', members: []});
    const own = await red.post('/messages', {
      ...{channelId: `red:task-${ann}`, channelType: 'task', body},
    });
    const asked: [string, string, object][] = [
      ...[there, 'blue:nobody', bob, `redder:${bob}`, 'red'].flatMap(
        (id): [string, string, object][] => [
          ['POST', '/messages', {toUserId: id, body}],
          ['POST', '/groups', {name: 'Mixed', members: [id]}],
          ['POST', `/groups/${group.body.id}/members`, {members: [id]}],
          ['POST', '/contact-requests', {userId: id}],
          ['POST', '/notifications', {type: 'custom', receiverId: id}],
          ['PATCH', `/contacts/${id}`, {blocked: true}],
          [
            ...['POST', '/message-recipients'],
            {messageId: own.body.id, recipientId: id},
          ] as [string, string, object],
          [
            ...['POST', '/messages'],
            {channelId: own.body.channelId, toUserId: id, body},
          ] as [string, string, object],
        ],
      ),
      ...[task, 'blue:task', `task-${ann}`].map(
        (channelId): [string, string, object] =>
          [
            ...['POST', '/messages'],
            {channelId, channelType: 'task', body},
          ] as [string, string, object],
      ),
    ];
    for (const [method, path, json] of asked) {
      const {status} = await red.send(method, path, json);
      expect([path, json, status]).to.eql([path, json, 404]);
    }
    const seen = await blue.find<RestMessage[]>();
    expect(seen.body).to.have.length(1);
    for (const path of ['/contacts', '/notifications', '/groups']) {
      const {text} = await blue.get(path);
      expect(text).to.not.containEql('red:');
    }
  });

  it('do so over sockets, and tell nothing', async () => {
    const red = await device('red', ann);
    const blue = await device('blue', bob);
    const heard: string[] = [];
    blue.socket.onAny((event: string) => heard.push(event));
    const receiver = `blue:${bob}`;
    const type = NotifyType.CUSTOM;
    const frames: [string, Uint8Array][] = [
      [ChatEvent.MessageText, encodeMessage(givenMessage({receiver}))],
      [
        ChatEvent.Notify,
        FRAMES.Notify.encode({id: randomUUID(), type, receiver}),
      ],
    ];
    for (const [event, frame] of frames) {
      const {statusCode} = await red.emit(event, frame);
      expect([event, statusCode]).to.eql([event, 404]);
    }
    const question = FRAMES.PresenceQuery.encode({userIds: [receiver]});
    const {data} = await red.emit(ChatEvent.Presence, question);
    const answer = FRAMES.PresenceList.decode(new Uint8Array(data ?? []));
    expect(answer.presences ?? []).to.be.empty();
    const last = givenMessage({receiver: `blue:${bob}2`});
    expect((await blue.send(last)).statusCode).to.equal(200);
    expect(heard).to.be.empty();
  });

  it('do not tell whether an id is used in another', async () => {
    const id = randomUUID();
    const body = 'What this says is red alone';
    const red = await client('red', ann);
    const blue = await client('blue', ann);
    await red.post('/messages', {id, toUserId: `red:${bob}`, body});
    const answer = await blue.post('/messages', {
      ...{id, toUserId: `blue:${bob}`, body: 'Blue'},
    });
    expect(answer.status).to.equal(409);
    expect(answer.text).to.not.containEql('red');
    const found = await blue.get<object>(`/messages/${id}`);
    expect(found.status).to.equal(404);
    const search = await blue.get<object>('/messages/search?q=alone');
    expect(search.text).to.not.containEql(id);
  });

  it('give nobody what reaches all', async () => {
    const red = await client('red', ann);
    for (const path of ['/download-audits', '/download-audits/count']) {
      expect((await red.get(path)).status).to.equal(403);
    }
    const blue = await client('blue', bob);
    const body = 'Not even for support';
    const {body: sent} = await blue.post('/messages', {
      ...{toUserId: `blue:${ann}`, body},
    });
    expect((await red.get(`/messages/${sent.id}`)).status).to.equal(404);
  });

  it('are those of one connection for good', async () => {
    const red = await device('red', ann);
    const token = await givenToken(ann, {claims: claimsIn('blue')});
    const ack = await red.socket.emitWithAck(ChatEvent.Auth, {token});
    expect(ack.statusCode).to.equal(403);
  });

  for (const tenant of [
    ...[undefined, null, '', 'a:b', 'a b', 'ä', 'x'.repeat(25)],
    ...[{}, ['red'], true],
  ]) {
    it(`are none of ${JSON.stringify(tenant)}`, async () => {
      const token = await givenToken(ann, {claims: claimsIn(tenant)});
      const http = new HttpClient(chat().url, token);
      expect((await http.get('/messages')).status).to.equal(401);
      const {data} = await refusal(givenClient(chat().url, {auth: {token}}));
      expect(data).to.containEql({statusCode: 401});
    });
  }

  it('leave room for the id of a user', async () => {
    const fitting = 'x'.repeat(64 - 'red:'.length);
    const red = await client('red', fitting);
    expect((await red.get('/messages')).status).to.equal(200);
    const long = await client('red', `${fitting}x`);
    expect((await long.get('/messages')).status).to.equal(401);
  });
});
