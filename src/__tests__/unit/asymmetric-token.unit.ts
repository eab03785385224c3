import {expect} from '@loopback/testlab';
import {createHmac} from 'crypto';
import {once} from 'events';
import {createServer, type Server} from 'http';
import type {AddressInfo} from 'net';
import type {ChatServiceConfig} from '../../config';
import {resolveConfig} from '../../resolve-config';
import type {TokenService} from '../../services';
import {cleanUpAfterTest} from '../fixtures/clean-up';
import {givenStoppedClock} from '../fixtures/clock';
import {givenTokenService} from '../fixtures/identity';
import {CollectingLogger} from '../fixtures/logger';
import {Signer} from '../fixtures/signed-token';
import {JWT_ISSUER, JWT_SECRET} from '../fixtures/token';

const REFUSED = {code: 'CHAT_UNAUTHENTICATED'};
const AWAY = {code: 'CHAT_UNAVAILABLE'};
const ALGORITHMS = ['RS256', 'ES256', 'EdDSA'] as const;
const NOW = () => Math.floor(Date.now() / 1000);

describe('Tokens of public keys', () => {
  let logger: CollectingLogger;

  beforeEach(() => {
    logger = new CollectingLogger();
  });

  const given = (auth: ChatServiceConfig['auth']) =>
    givenTokenService(
      {issuer: JWT_ISSUER, algorithms: ALGORITHMS, ...auth},
      logger,
    );
  const expectRefused = (service: TokenService, token: string) =>
    expect(service.verify(token)).to.be.rejectedWith(REFUSED);

  for (const algorithm of ALGORITHMS) {
    context(`of ${algorithm}`, () => {
      const [own, other] = [new Signer(algorithm), new Signer(algorithm)];

      it('are verified by PEM and by JWK, with and without an id', async () => {
        for (const keys of [[own.pem], [own.jwk], [other.pem, own.pem]]) {
          const service = given({keys});
          for (const header of [{}, {kid: undefined}]) {
            const {user} = await service.verify(await own.token({}, header));
            expect(user.id).to.equal('ann');
          }
        }
      });

      it('are refused when they are signed by another, whatever id they say', async () => {
        const service = given({keys: [own.jwk]});
        const {kid} = own;
        for (const header of [{}, {kid}, {kid: undefined}, {kid: ''}]) {
          await expectRefused(service, await other.token({}, header));
        }
      });

      it('are refused when they bring their own key', async () => {
        const service = given({keys: [own.jwk]});
        const url = 'http://127.0.0.1:1/keys';
        for (const header of [
          ...[{jku: url}, {x5u: url}, {jwk: other.jwk}],
          {x5c: [Buffer.from('x').toString('base64')]},
        ]) {
          const {kid} = own;
          const token = other.token({}, {kid, ...header} as object);
          await expectRefused(service, await token);
        }
      });

      it('are refused when the public key is taken for a secret', async () => {
        const service = given({keys: [own.pem]});
        const both = given({
          keys: [own.pem],
          algorithms: ['HS256', algorithm],
          secret: JWT_SECRET,
        });
        const [header, payload] = [
          {alg: 'HS256', kid: own.kid},
          {id: 'ann', iss: JWT_ISSUER, exp: NOW() + 600},
        ].map(part => Buffer.from(JSON.stringify(part)).toString('base64url'));
        for (const secret of [
          own.pem,
          own.pem.trim(),
          JSON.stringify(own.jwk),
        ]) {
          const mac = createHmac('sha256', secret).update(
            `${header}.${payload}`,
          );
          const token = `${header}.${payload}.${mac.digest('base64url')}`;
          await expectRefused(service, token);
          await expectRefused(both, token);
        }
      });

      it('are refused when their algorithm is not among the chosen', async () => {
        const others = ALGORITHMS.filter(name => name !== algorithm);
        const keys = [own.jwk, ...others.map(name => new Signer(name).jwk)];
        const service = given({keys, algorithms: others});
        await expectRefused(service, await own.token());
      });
    });
  }

  const signer = new Signer('ES256');

  for (const [what, claims] of [
    ['have expired', () => ({exp: NOW() - 60})],
    ['have no end', () => ({exp: undefined})],
    ['are of another issuer', () => ({iss: 'another'})],
    ['are of no issuer', () => ({iss: undefined})],
    ['are for another audience', () => ({aud: 'another'})],
    ['are for no audience', () => ({aud: undefined})],
    ['are not valid yet', () => ({nbf: NOW() + 60})],
    ['are made in the future', () => ({iat: NOW() + 60})],
    ['name nobody', () => ({id: undefined})],
    ['are too long', () => ({filler: 'x'.repeat(9000)})],
  ] as const) {
    it(`are refused when they ${what}`, async () => {
      const service = given({keys: [signer.jwk], audience: 'chat'});
      const aud = ['other', 'chat'];
      await service.verify(await signer.token({aud}));
      await expectRefused(service, await signer.token({aud, ...claims()}));
    });
  }

  it('need a key, and no secret', () => {
    expect(() => given({})).to.throw(/auth\.keys, jwks or authDb/);
    const keys = [signer.jwk];
    const unused = {keys, secret: JWT_SECRET, algorithms: ['HS256'] as const};
    expect(() => given(unused)).to.throw(/auth\.algorithms/);
  });

  for (const [what, key] of [
    ['is a private PEM', signer.privatePem],
    ['is a private JWK', signer.privateJwk],
    ['is a secret', {kty: 'oct', k: 'c2VjcmV0'}],
    ['is rubbish', 'rubbish'],
    ['is too small', new Signer('RS256', 1024).pem],
    ['is for encryption', {...signer.jwk, use: 'enc'}],
    ['is said to be for another algorithm', {...signer.jwk, alg: 'EdDSA'}],
  ] as const) {
    it(`are not verified by a key that ${what}, which the start says`, () => {
      const keys = [signer.jwk, key];
      expect(() => given({keys})).to.throw(/^auth\.keys\.1: /);
    });
  }

  it('are tried with a few keys only, whatever they say', async () => {
    const others = Array.from({length: 5}, () => new Signer('EdDSA'));
    const own = new Signer('EdDSA');
    const keys = [...others, own].map(({pem}) => pem);
    await expectRefused(given({keys}), await own.token());
    const jwks = [...others, own].map(({jwk}) => jwk);
    await given({keys: jwks}).verify(await own.token());
  });

  it('say who it is where the claims of their maker do', async () => {
    const claims = {
      ...{id: 'user.sub', account: 'https://id.example/name'},
      permissions: 'scope',
    };
    const service = given({keys: [signer.jwk], claims});
    const token = signer.token({
      ...{user: {sub: 7}, 'https://id.example/name': 'Ann', id: 'other'},
      scope: 'ViewMessage CreateMessage',
      permissions: ['AdministerChat'],
    });
    const {user} = await service.verify(await token);
    expect(user).to.eql({
      ...{id: '7', account: 'Ann'},
      permissions: ['ViewMessage', 'CreateMessage'],
    });
    for (const wrong of [{user: 'x'}, {user: {}}, {user: null}, {}]) {
      const other = await signer.token({...wrong, id: 'ann', sub: 'ann'});
      await expectRefused(service, other);
    }
  });

  context('from an address', () => {
    let answer: () => {status?: number; text: string; location?: string};
    let asked: number;
    let server: Server;
    let jwks: string;

    beforeEach(async () => {
      asked = 0;
      answer = () => ({text: JSON.stringify({keys: [signer.jwk]})});
      server = createServer((_request, response) => {
        asked++;
        const {status = 200, text, location} = answer();
        if (location) response.setHeader('location', location);
        response.writeHead(status).end(text);
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      cleanUpAfterTest(() => server.close());
      jwks = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;
    });

    it('are verified by keys that are asked for once', async () => {
      const service = given({jwks});
      const tokens = Array.from({length: 20}, (_, n) =>
        signer.token({id: `user ${n}`}),
      );
      await Promise.all(tokens.map(async one => service.verify(await one)));
      expect(asked).to.equal(1);
    });

    it('are refused without a key when no key could make them valid', async () => {
      const service = given({jwks});
      const hopeless = [
        ...[{exp: NOW() - 6}, {exp: undefined}, {exp: 'x' as never}],
        ...[{iss: 'another'}, {iss: undefined}],
        ...[{nbf: NOW() + 60}, {iat: NOW() + 60}],
      ];
      for (const claims of hopeless) {
        await expectRefused(service, await signer.token(claims));
      }
      expect(asked).to.equal(0);
      await service.verify(await signer.token({exp: NOW() - 2}));
    });

    it('go on after a rotation, asked for at most once a cooldown', async () => {
      const clock = givenStoppedClock();
      const service = given({jwks, keyCooldownMs: 1000});
      await service.verify(await signer.token());
      const next = new Signer('RS256');
      answer = () => ({text: JSON.stringify({keys: [next.jwk]})});
      await expectRefused(service, await next.token());
      expect(asked).to.equal(1);
      clock.tick(1000);
      const all = Array.from({length: 20}, () => next.token());
      await Promise.all(all.map(async one => service.verify(await one)));
      for (let n = 0; n < 5; n++) {
        await expectRefused(service, await new Signer('EdDSA').token());
      }
      expect(asked).to.equal(2);
    });

    it('end with their key, known or not', async () => {
      const clock = givenStoppedClock();
      const service = given({jwks, keyCacheMs: 60_000});
      const [token, late] = [await signer.token(), await signer.token({n: 1})];
      await service.verify(token);
      answer = () => ({text: '{"keys": []}'});
      clock.tick(59_999);
      // By the age of the key, not of the token.
      await service.verify(late);
      await service.verify(token);
      clock.tick(60_001);
      await expectRefused(service, token);
      await expectRefused(service, late);
    });

    it('go on while their keys are looked for again', async () => {
      const clock = givenStoppedClock();
      const service = given({jwks, keyCacheMs: 60_000});
      const tokens = [await signer.token(), await signer.token({n: 1})];
      await service.verify(tokens[0]);
      let waiting = 0;
      server.removeAllListeners('request').on('request', () => waiting++);
      clock.tick(60_000);
      for (const token of tokens) await service.verify(token);
      while (!waiting) await new Promise(setImmediate);
      server.closeAllConnections();
    });

    it('are looked for soon again when there was never a key', async () => {
      const clock = givenStoppedClock();
      const service = given({jwks});
      const {text} = answer();
      answer = () => ({status: 500, text: ''});
      const token = await signer.token();
      await expect(service.verify(token)).to.be.rejectedWith(AWAY);
      answer = () => ({text});
      await expect(service.verify(token)).to.be.rejectedWith(AWAY);
      clock.tick(1000);
      await service.verify(token);
    });

    it('go on when it is away, which is logged once and without them', async () => {
      const clock = givenStoppedClock();
      const service = given({jwks, keyCacheMs: 1000, keyCooldownMs: 0});
      const tokens = [await signer.token(), await signer.token({sub: 'x'})];
      await service.verify(tokens[0]);
      answer = () => ({status: 503, text: 'away'});
      for (let n = 0; n < 3; n++) {
        clock.tick(1000);
        for (const token of tokens) await service.verify(token);
      }
      answer = () => ({text: JSON.stringify({keys: [signer.jwk]})});
      clock.tick(1000);
      await service.verify(tokens[0]);
      while (logger.lines.length < 2) {
        await service.verify(tokens[0]);
        await new Promise(setImmediate);
      }
      const lines = logger.lines.map(line => JSON.stringify(line));
      expect(lines).to.have.length(2);
      expect(lines[0]).to.match(/cannot be read/);
      expect(lines[1]).to.match(/again/);
      expect(lines.join()).to.not.match(/eyJ|127\.0\.0\.1/);
    });

    for (const [what, text] of [
      ['no JSON', 'x'],
      ['no set', '[]'],
      ['too much', `{"keys": [], "x": "${'x'.repeat(300_000)}"}`],
    ]) {
      it(`are unavailable when it answers ${what}, and no key is known`, async () => {
        answer = () => ({text});
        const verified = given({jwks}).verify(await signer.token());
        await expect(verified).to.be.rejectedWith(AWAY);
      });
    }

    it('are unavailable when it sends elsewhere, or does not answer', async () => {
      const elsewhere = jwks;
      answer = () => ({status: 302, text: '', location: elsewhere});
      const token = await signer.token();
      await expect(given({jwks}).verify(token)).to.be.rejectedWith(AWAY);
      expect(asked).to.equal(1);
      const silent = createServer(() => undefined).listen(0, '127.0.0.1');
      await once(silent, 'listening');
      cleanUpAfterTest(() => {
        silent.closeAllConnections();
        silent.close();
      });
      const {port} = silent.address() as AddressInfo;
      const url = `http://127.0.0.1:${port}/`;
      const service = given({jwks: url, jwksTimeoutMs: 50});
      await expect(service.verify(token)).to.be.rejectedWith(AWAY);
    });

    it('are verified by the keys of use among others', async () => {
      const others = [null, 'x', {kty: 'oct', k: 'eA'}, signer.privateJwk];
      answer = () => ({text: JSON.stringify({keys: [...others, signer.jwk]})});
      await given({jwks}).verify(await signer.token());
    });

    it('may be by a key of the config while it is away', async () => {
      server.close();
      server.closeAllConnections();
      const service = given({jwks, keys: [signer.jwk]});
      await service.verify(await signer.token());
      const unknown = await new Signer('EdDSA').token();
      await expect(service.verify(unknown)).to.be.rejectedWith(AWAY);
    });

    for (const url of [
      ...['http://example.com/jwks', 'ftp://127.0.0.1/x', 'x'],
      ...['http://127.0.0.1.example.com/', 'https://'],
      ...['http://localhost:x@example.com/', 'https://u:p@example.com/'],
      'http://127.0.0.1:1@example.com/',
    ]) {
      it(`are not asked for at ${url}`, () => {
        expect(() => resolveConfig({auth: {jwks: url}})).to.throw(/auth\.jwks/);
      });
    }
  });
});
