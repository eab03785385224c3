import {expect} from '@loopback/testlab';
import {readEnv} from '../../env';
import {givenStoppedClock} from '../fixtures/clock';
import {givenTokenService} from '../fixtures/identity';
import {CollectingLogger} from '../fixtures/logger';
import {givenToken, JWT_ISSUER, JWT_SECRET} from '../fixtures/token';

const REFUSED = {code: 'CHAT_UNAUTHENTICATED'};

function givenService(auth: {secret?: string; issuer?: string} = {}) {
  return givenTokenService(
    {secret: JWT_SECRET, issuer: JWT_ISSUER, ...auth},
    new CollectingLogger(),
    readEnv(),
  );
}

/** Another last character, of which every bit counts. */
function tampered(token: string, at: number): string {
  const other = token[at] === 'A' ? 'B' : 'A';
  return token.slice(0, at) + other + token.slice(at + 1);
}

describe('TokenService', () => {
  context('when a token was verified before', () => {
    it('says the same again', async () => {
      const service = givenService();
      const token = await givenToken('ann');
      const first = await service.verify(token);
      expect(first.user.id).to.equal('ann');
      expect(await service.verify(token)).to.deepEqual(first);
    });

    it('refuses it once it has expired, by the same clock', async () => {
      const clock = givenStoppedClock();
      const service = givenService();
      const expiresAt = Math.floor(Date.now() / 1000) + 60;
      const token = await givenToken('ann', {expiresAt});
      await service.verify(token);
      clock.setSystemTime((expiresAt + 5) * 1000 - 1);
      await service.verify(token);
      await givenService().verify(token);
      clock.setSystemTime((expiresAt + 5) * 1000);
      await expect(service.verify(token)).to.be.rejectedWith(REFUSED);
      await expect(givenService().verify(token)).to.be.rejectedWith(REFUSED);
    });

    it('refuses it with anything in it changed', async () => {
      const service = givenService();
      const token = await givenToken('ann');
      await service.verify(token);
      const [header, payload] = token.split('.');
      const start = header.length + payload.length + 2;
      for (const at of [1, header.length + 5, start, token.length - 2]) {
        const other = service.verify(tampered(token, at));
        await expect(other).to.be.rejectedWith(REFUSED);
      }
      const admin = JSON.stringify({id: 'ann', exp: 9e9, iss: JWT_ISSUER});
      const swapped = Buffer.from(admin).toString('base64url');
      const other = token.replace(payload, swapped);
      await expect(service.verify(other)).to.be.rejectedWith(REFUSED);
    });

    it('is not known to a service of another secret or issuer', async () => {
      const token = await givenToken('ann');
      await givenService().verify(token);
      const others = [{secret: 'x'.repeat(32)}, {issuer: 'another'}];
      for (const auth of others) {
        const verified = givenService(auth).verify(token);
        await expect(verified).to.be.rejectedWith(REFUSED);
      }
    });

    it('keeps what a caller does with its claims from the next', async () => {
      const service = givenService();
      const token = await givenToken('ann');
      for (let round = 0; round < 3; round++) {
        const {user, claims} = await service.verify(token);
        expect(user.permissions).to.not.containEql('AdministerChat');
        (claims.permissions as string[]).push('AdministerChat');
      }
    });
  });

  context('when a token was refused before', () => {
    it('refuses it again', async () => {
      const service = givenService();
      const token = await givenToken('ann', {secret: 'x'.repeat(32)});
      for (let round = 0; round < 2; round++) {
        await expect(service.verify(token)).to.be.rejectedWith(REFUSED);
      }
    });
  });
});
