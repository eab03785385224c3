import {AuthenticationBindings} from '@loopback/authentication';
import {
  asGlobalInterceptor,
  type Interceptor,
  type ValueOrPromise,
} from '@loopback/core';
import {expect} from '@loopback/testlab';
import {
  RequestBodyParser,
  RestBindings,
  type BodyParser,
  type Request,
  type RequestBody,
} from '@loopback/rest';
import {SecurityBindings, securityId} from '@loopback/security';
import {
  AuthorizationBindings,
  getAuthorizeMetadata,
} from 'loopback4-authorization';
import {once} from 'events';
import {MessageMessageController} from '../../controllers/message-message.controller';
import {
  givenChatApp,
  type ChatApp,
  type HostApplication,
} from '../fixtures/chat-app';
import {cleanUpAfterTest} from '../fixtures/clean-up';
import {HttpClient} from '../fixtures/http-client';
import {givenUserId} from '../fixtures/token';

/** Binds on both sides of the component, as hosts do. */
const WHEN = ['before', 'after'] as const;

/** Reads JSON as a host may: whatever is sent, the body says `text`. */
function parserOf(text: string) {
  return class implements BodyParser {
    readonly name = `host-${text}`;

    supports(): boolean {
      return true;
    }

    async parse(request: Request): Promise<RequestBody> {
      await once(request.resume(), 'end');
      return {value: {toUserId: givenUserId('bob'), body: text}};
    }
  };
}

/** Sends one message; @returns what a list and the message are answered as */
async function answersOf(chat: ChatApp, userId: string) {
  const http = await chat.http(userId);
  const draft = {toUserId: givenUserId('bob'), body: 'Hi'};
  const {body: sent} = await http.post('/messages', draft);
  const list = await http.find();
  const one = await http.get(`/messages/${sent.id}`);
  return {sent, list, one};
}

describe('What a host binds where the chat takes short cuts', () => {
  it('has its own authentication of the chat heard', async () => {
    const chat = await givenChatApp({
      after: app => {
        const action = AuthenticationBindings.AUTH_ACTION;
        app.bind(action).toDynamicValue(({context}) => async request => {
          const id = String(request.headers['x-host-user'] ?? '');
          const profile = {[securityId]: id, id, permissions: ['ViewMessage']};
          context.bind(SecurityBindings.USER).to(profile);
          return profile;
        });
      },
    });
    const http = new HttpClient(chat.url);
    const headers = {'X-Host-User': givenUserId('ann')};
    const known = await http.request('GET', '/messages', {headers});
    expect(known.status).to.equal(200);
    expect((await http.get('/messages')).status).to.equal(401);
    const withToken = await chat.http(givenUserId('ann'));
    expect((await withToken.find()).status).to.equal(401);
  });

  it('has its own authorization heard', async () => {
    for (const when of WHEN) {
      const asked: string[][] = [];
      const chat = await givenChatApp({
        [when]: (app: HostApplication) =>
          app
            .bind(AuthorizationBindings.AUTHORIZE_ACTION)
            .to(async permissions => {
              asked.push(permissions);
              return permissions.includes('HostKey');
            }),
      });
      const claims = {permissions: ['HostKey']};
      const keyed = await chat.http(givenUserId('ann'), {claims});
      expect((await keyed.find()).status).to.equal(200);
      const other = await chat.http(givenUserId('ann'));
      expect((await other.find()).status).to.equal(403);
      expect(asked).to.have.length(2);
    }
  });

  it('has its own permission keys of an operation heard', async () => {
    // They are written into what the decorator has left, for every app there is.
    const metadata = getAuthorizeMetadata(MessageMessageController, 'find');
    const before = metadata?.permissions ?? [];
    cleanUpAfterTest(() =>
      Object.assign(metadata ?? {}, {permissions: before}),
    );
    const chat = await givenChatApp({
      before: app =>
        app
          .bind(AuthorizationBindings.PERMISSION)
          .to({MessageMessageController: {find: ['HostKey']}}),
    });
    const path = '/messages/0190a5b4-6f2c-7d3e-8a41-5b6c7d8e9f01/messages';
    const keyed = {claims: {permissions: ['HostKey']}};
    const http = await chat.http(givenUserId('ann'), keyed);
    expect((await http.get(path)).status).to.equal(404);
    expect((await http.get('/messages')).status).to.equal(403);
    const other = await chat.http(givenUserId('ann'));
    expect((await other.get(path)).status).to.equal(403);
  });

  it('has its own parsers of bodies read, from when they are bound', async () => {
    for (const when of WHEN) {
      const chat = await givenChatApp({
        [when]: (app: HostApplication) => app.bodyParser(parserOf('Host')),
      });
      const {sent} = await answersOf(chat, givenUserId('ann'));
      expect(sent.body).to.equal('Host');
    }
    const chat = await givenChatApp();
    expect((await answersOf(chat, givenUserId('ann'))).sent.body).to.equal(
      'Hi',
    );
    chat.app.bodyParser(parserOf('Later'));
    const {sent} = await answersOf(chat, givenUserId('ann'));
    expect(sent.body).to.equal('Later');
  });

  it('has its own reader of bodies used', async () => {
    class HostReader extends RequestBodyParser {
      async loadRequestBodyIfNeeded() {
        return {value: {toUserId: givenUserId('bob'), body: 'Read'}};
      }
    }
    for (const when of WHEN) {
      const chat = await givenChatApp({
        [when]: (app: HostApplication) =>
          app.bind(RestBindings.REQUEST_BODY_PARSER).toClass(HostReader),
      });
      const {sent} = await answersOf(chat, givenUserId('ann'));
      expect(sent.body).to.equal('Read');
    }
  });

  it('gives its interceptor of all routes rows, not text', async () => {
    const results: unknown[] = [];
    const record: Interceptor = async (_, next) => {
      const result = (await next()) as ValueOrPromise<unknown>;
      results.push(result);
      return result;
    };
    const chat = await givenChatApp({
      before: app =>
        app.bind('host.record').to(record).apply(asGlobalInterceptor()),
    });
    const {sent, list, one} = await answersOf(chat, givenUserId('ann'));
    expect(list.body).to.deepEqual([sent]);
    expect(one.body).to.deepEqual(sent);
    const [, rows, row] = results as [unknown, object[], object];
    expect(rows).to.be.an.Array();
    expect(rows[0]).to.containEql({id: sent.id, body: 'Hi'});
    expect(row).to.containEql({id: sent.id, body: 'Hi'});
  });

  it('gives its own writer rows, not text', async () => {
    const chat = await givenChatApp({
      after: app =>
        app
          .bind(RestBindings.SequenceActions.SEND)
          .to((response, data) => response.json({data, more: 'of the host'})),
    });
    const http = await chat.http(givenUserId('ann'));
    const draft = {toUserId: givenUserId('bob'), body: 'Hi'};
    const sent = await http.post<{data: object}>('/messages', draft);
    const list = await http.find<{data: object[]; more: string}>();
    const {data, more} = list.body;
    expect([data, more]).to.deepEqual([[sent.body.data], 'of the host']);
  });
});
