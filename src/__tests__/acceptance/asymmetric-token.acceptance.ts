import {expect} from '@loopback/testlab';
import type {EntityCrudRepository} from '@loopback/repository';
import type {JwtKey} from '../../models';
import {SQL_RUNNER} from '../../repositories/sql-runner';
import {givenChatApp, type ChatApp} from '../fixtures/chat-app';
import {connect, givenClient, refusal} from '../fixtures/device';
import {HttpClient, type HttpErrorBody} from '../fixtures/http-client';
import {Signer} from '../fixtures/signed-token';
import {describeOverStores} from '../fixtures/stores';
import {givenToken} from '../fixtures/token';

const ALGORITHMS = ['ES256', 'RS256'] as const;

describeOverStores('Tokens of the predecessor’s authentication', store => {
  let chat: ChatApp;

  beforeEach(async () => {
    chat = await givenChatApp({
      store,
      config: {
        auth: {authDb: true, algorithms: ALGORITHMS, keyCooldownMs: 0},
      },
      // In its own database, as far as the chat knows.
      before: app =>
        app.bind('datasources.AuthDB').toAlias('datasources.chatDb'),
    });
    await makeTable();
  });

  /** As that service makes it; there the chat only reads. */
  async function makeTable(): Promise<void> {
    const sql = await chat.app.get(SQL_RUNNER);
    if (!sql) return;
    const isMysql = sql.dialect === 'mysql';
    const id = isMysql ? 'INT AUTO_INCREMENT' : 'SERIAL';
    await sql.query(
      `CREATE TABLE IF NOT EXISTS ${sql.table('jwt_keys')} (id ${id} PRIMARY KEY,
         key_id VARCHAR(100) NOT NULL, public_key TEXT NOT NULL,
         private_key TEXT)`,
      [],
    );
  }

  async function addKey(keyId: string, publicKey: string): Promise<void> {
    const keys = await chat.app.get<EntityCrudRepository<JwtKey, number>>(
      'repositories.JwtKeyRepository',
    );
    await keys.create({keyId, publicKey});
  }

  const statusOf = async (token: string) =>
    (await new HttpClient(chat.url, token).get('/messages')).status;

  it('are verified by the keys of its database, and by new ones', async () => {
    for (const algorithm of ALGORITHMS) {
      const signer = new Signer(algorithm);
      const token = await signer.token();
      expect(await statusOf(token)).to.equal(401);
      await addKey(signer.kid, signer.pem);
      expect(await statusOf(token)).to.equal(200);
      const device = await connect(givenClient(chat.url, {auth: {token}}));
      expect(device.socket.connected).to.be.true();
    }
  });

  it('are refused with one answer, whatever is wrong with them', async () => {
    const [signer, other] = [new Signer('ES256'), new Signer('ES256')];
    await addKey(signer.kid, signer.pem);
    await addKey('rubbish', 'rubbish');
    await addKey('secret', signer.privatePem);
    const bad = [
      await other.token(),
      await other.token({}, {kid: signer.kid}),
      await signer.token({iss: 'another'}),
      await signer.token({exp: 1}),
      await new Signer('EdDSA').token(),
      await givenToken('ann'),
    ];
    const bodies = new Set<string>();
    for (const token of bad) {
      const http = new HttpClient(chat.url, token);
      const {status, body} = await http.get<HttpErrorBody>('/messages');
      expect(status).to.equal(401);
      bodies.add(JSON.stringify(body));
      const err = await refusal(givenClient(chat.url, {auth: {token}}));
      expect(err.data).to.eql({
        ...{statusCode: 401, code: 'CHAT_UNAUTHENTICATED'},
      });
    }
    expect(bodies.size).to.equal(1);
    expect(await statusOf(await signer.token())).to.equal(200);
    expect(JSON.stringify(chat.logger.lines)).to.not.match(/eyJ|BEGIN/);
  });
});
