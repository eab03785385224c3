import {expect, sinon} from '@loopback/testlab';
import {ChatServiceBindings} from '../../keys';
import {ORDINARY_PERMISSIONS} from '../../permissions';
import {ChatEvent, FRAMES} from '../../protocol';
import type {Handshake} from '../../realtime/handshake';
import type {GrantedPermissions} from '../../services';
import {
  givenChatApp,
  type ChatApp,
  type ChatAppOptions,
} from '../fixtures/chat-app';
import {cleanUpAfterTest} from '../fixtures/clean-up';
import {givenMessage, type Device} from '../fixtures/device';
import {describeWithRedis} from '../fixtures/redis';
import {givenToken, givenUserId} from '../fixtures/token';

const ALL: GrantedPermissions = {role: [...ORDINARY_PERMISSIONS]};
const NONE: GrantedPermissions = {role: []};
const deny = (...keys: string[]): GrantedPermissions => ({
  ...ALL,
  overrides: keys.map(permission => ({permission, allowed: false})),
});

/** A host that keeps what its users may do. */
class Host {
  readonly granted = new Map<string, GrantedPermissions>();
  asked = 0;
  /** How often it fails from now on. */
  failures = 0;
  /** What it waits for before it answers. */
  ready: Promise<void> = Promise.resolve();

  start(options: ChatAppOptions = {}): Promise<ChatApp> {
    return givenChatApp({
      ...options,
      before: app => {
        options.before?.(app);
        app.bind(ChatServiceBindings.PermissionSource).to({
          permissionsOf: async ({id}) => {
            this.asked++;
            await this.ready;
            if (this.failures-- > 0) throw new Error('not now');
            return this.granted.get(id);
          },
        });
      },
    });
  }

  async grant(chat: ChatApp, userId: string, granted: GrantedPermissions) {
    this.granted.set(userId, granted);
    const service = await chat.app.get(ChatServiceBindings.PermissionService);
    await service.changed(userId);
  }
}

const statusOf = async (
  chat: ChatApp,
  userId: string,
  permissions?: string[],
) => {
  const client = await chat.http(userId, {
    ...(permissions && {claims: {permissions}}),
  });
  return (await client.get('/messages')).status;
};

/** Waits until the connection is answered so, as other nodes are told soon, not at once. */
async function until(
  statusCode: number,
  ask: () => Promise<{statusCode: number}>,
) {
  while ((await ask()).statusCode !== statusCode) {
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

describe('What users may do by the host’s source', () => {
  let host: Host;
  let ann: string;
  let bob: string;

  beforeEach(() => {
    host = new Host();
    [ann, bob] = [givenUserId('ann'), givenUserId('bob')];
  });

  it('goes before the token, either way', async () => {
    const chat = await host.start();
    host.granted.set(ann, NONE).set(bob, ALL);
    expect(await statusOf(chat, ann)).to.equal(403);
    expect(await statusOf(chat, bob, [])).to.equal(200);
    const carl = givenUserId('carl');
    expect(await statusOf(chat, carl)).to.equal(200);
    expect(await statusOf(chat, carl, [])).to.equal(403);
  });

  const cases: [string, GrantedPermissions, number][] = [
    ['a role allows', {role: ['ViewMessage']}, 200],
    ['the user’s own allows', {role: [], overrides: own(true)}, 200],
    ['the user’s own forbids', {...ALL, overrides: own(false)}, 403],
    [
      'both, of which the one that forbids counts',
      {role: [], overrides: [...own(false), ...own(true)]},
      403,
    ],
    ['another is allowed', {role: ['CreateMessage']}, 403],
  ];
  for (const [name, granted, status] of cases) {
    it(`holds for REST and sockets: ${name}`, async () => {
      const chat = await host.start();
      host.granted.set(ann, granted);
      expect(await statusOf(chat, ann)).to.equal(status);
      const device = await chat.device(ann);
      const ack = await sync(device);
      expect(ack.statusCode).to.equal(status);
    });
  }

  it('is asked for once, and again after a change', async () => {
    const chat = await host.start();
    host.granted.set(ann, ALL);
    for (let times = 0; times < 3; times++) await statusOf(chat, ann);
    expect(host.asked).to.equal(1);
    await host.grant(chat, ann, NONE);
    expect(await statusOf(chat, ann)).to.equal(403);
    expect(host.asked).to.equal(2);
  });

  it('follows changes on live connections: frames, and what is told', async () => {
    const chat = await host.start();
    host.granted.set(ann, ALL);
    const [sender, reader] = [await chat.device(bob), await chat.device(ann)];
    const first = givenMessage({receiver: ann});
    await sender.send(first);
    await reader.receive(first.id ?? undefined);
    await host.grant(chat, ann, deny('ViewMessage', 'CreateMessage'));
    await until(403, () => sync(reader));
    const refused = await reader.send(givenMessage({receiver: bob}));
    expect(refused.statusCode).to.equal(403);
    const unseen = givenMessage({receiver: ann});
    expect((await sender.send(unseen)).statusCode).to.equal(200);
    await host.grant(chat, ann, ALL);
    await until(200, () => sync(reader));
    const last = givenMessage({receiver: ann});
    await sender.send(last);
    await reader.receive(last.id ?? undefined);
    const ids = reader.received.map(({id}) => id);
    expect(ids).to.deepEqual([first.id, last.id]);
  });

  it('is asked for again where it could not be told of a change', async () => {
    const chat = await host.start();
    host.granted.set(ann, ALL);
    const device = await chat.device(ann);
    host.failures = 2;
    await host.grant(chat, ann, NONE);
    await until(403, () => sync(device));
  });

  it('holds up no end of a revoked token while it does not answer', async () => {
    const revoked = new Set<string>();
    const chat = await host.start({
      before: app =>
        app.bind(ChatServiceBindings.RevokedTokens).to({
          add: async each => void revoked.add(each),
          among: async tokens => new Set(tokens.filter(t => revoked.has(t))),
        }),
    });
    const token = await givenToken(ann);
    const device = await chat.device(ann, {token});
    const handshake = await chat.app.get<Handshake>('chat.handshake');
    const refresh = sinon.spy(handshake, 'refresh');
    host.ready = new Promise(resolve => cleanUpAfterTest(resolve));
    await host.grant(chat, ann, NONE);
    // By what is told on this node, and by the repeated look.
    while (refresh.callCount < 2) await new Promise(setImmediate);
    revoked.add(token);
    await device.ended();
  });

  it('gives nobody of a tenant what reaches all', async () => {
    const config = {auth: {claims: {tenant: 'tenant'}}};
    const chat = await host.start({config});
    host.granted.set(`red:${ann}`, {
      role: ['ViewDownloadAudit', 'ViewMessage'],
    });
    const client = await chat.http(ann, {claims: {tenant: 'red'}});
    expect((await client.get('/messages')).status).to.equal(200);
    expect((await client.get('/download-audits')).status).to.equal(403);
  });

  it('says nothing of why it fails, and lets nobody in', async () => {
    const chat = await givenChatApp({
      before: app =>
        app.bind(ChatServiceBindings.PermissionSource).to({
          permissionsOf: () => {
            throw new Error('the password of the database');
          },
        }),
    });
    const client = await chat.http(ann);
    const {status, text} = await client.get('/messages');
    expect(status).to.equal(500);
    expect(text).to.not.match(/password/);
  });
});

describeWithRedis('What users may do on two nodes', redis => {
  it('follows a change on the other, on live connections too', async () => {
    const host = new Host();
    const config = {redis: {client: redis}};
    const here = await host.start({config});
    const there = await host.start({config});
    const ann = givenUserId('ann');
    host.granted.set(ann, ALL);
    const device = await there.device(ann);
    expect((await sync(device)).statusCode).to.equal(200);
    await host.grant(here, ann, NONE);
    expect(await statusOf(there, ann)).to.equal(403);
    await until(403, () => sync(device));
  });
});

function own(allowed: boolean) {
  return [{permission: 'ViewMessage', allowed}];
}

function sync(device: Device) {
  return device.emit(ChatEvent.Sync, FRAMES.SyncRequest.encode({}));
}
