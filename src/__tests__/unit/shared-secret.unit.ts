import {expect} from '@loopback/testlab';
import {SharedSecret} from '../../services/identity/shared-secret';
import {givenToken, JWT_SECRET} from '../fixtures/token';

describe('SharedSecret', () => {
  const secret = new SharedSecret(JWT_SECRET);

  it('knows a token that was signed with it', async () => {
    expect(secret.isForged(await givenToken('ann'))).to.be.false();
  });

  it('takes no part of a token on trust', async () => {
    const token = await givenToken('ann');
    const [header, claims, signature] = token.split('.');
    const other = (await givenToken('bob')).split('.')[1];
    for (const forged of [
      ...[
        `${header}.${other}.${signature}`,
        `${claims}.${header}.${signature}`,
      ],
      ...[`${header}.${claims}.`, `${header}.${claims}`, `${token}.`],
      ...[token.slice(0, -2), `${token}AA`, `.${signature}`, signature],
      ...['', '.', '..', 'x'.repeat(8192), '\u0000', '\ud800.\ud800.\ud800'],
    ]) {
      expect(secret.isForged(forged)).to.be.true();
    }
  });

  it('does not know what another has signed', async () => {
    const token = await givenToken('ann');
    expect(new SharedSecret(`${JWT_SECRET}x`).isForged(token)).to.be.true();
  });
});
