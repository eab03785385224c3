import {expect} from '@loopback/testlab';
import {KnownTokens} from '../../services/identity/known-tokens';

const SOON = Date.now() + 86_400_000;

describe('KnownTokens', () => {
  it('knows what was added, and nothing like it', () => {
    const known = new KnownTokens();
    known.add('a.b.c', {id: 'ann'}, SOON);
    expect(known.claimsOf('a.b.c')).to.deepEqual({id: 'ann'});
    for (const other of ['a.b.', 'a.b.d', 'A.b.c', 'a.b.c ', '']) {
      expect(known.claimsOf(other)).to.be.undefined();
    }
  });

  it('forgets a token at the moment when it ends', () => {
    const known = new KnownTokens();
    known.add('a', {}, SOON);
    expect(known.claimsOf('a', SOON - 1)).to.deepEqual({});
    expect(known.claimsOf('a', SOON)).to.be.undefined();
    expect(known.claimsOf('a', SOON - 1)).to.be.undefined();
  });

  it('keeps no more than it may, those used last', () => {
    const known = new KnownTokens(2);
    known.add('a', {}, SOON);
    known.add('b', {}, SOON);
    known.claimsOf('a');
    known.add('c', {}, SOON);
    known.add('c', {}, SOON);
    const kept = ['a', 'b', 'c'].filter(token => known.claimsOf(token));
    expect(kept).to.deepEqual(['a', 'c']);
  });

  it('gives each caller claims of its own', () => {
    const known = new KnownTokens();
    const claims = {permissions: ['ViewMessage']};
    known.add('a', claims, SOON);
    claims.permissions.push('AdministerChat');
    for (let round = 0; round < 2; round++) {
      const given = known.claimsOf('a') as typeof claims;
      expect(given.permissions).to.deepEqual(['ViewMessage']);
      given.permissions.push('AdministerChat');
    }
  });
});
