import {expect} from '@loopback/testlab';
import {randomBytes} from 'crypto';
import {SecretSearch} from '../fixtures/secret-search';
import {givenToken} from '../fixtures/token';
import type {Place, SecretKind} from '../fixtures/traces';

const TEXT = 'Meet me at the "quiet" corner of the old harbour';

describe('Search for secrets (unit)', () => {
  const found = (
    [kind, secret]: [SecretKind, string],
    text: string,
    place: Place = 'the log',
  ) => {
    const search = new SecretSearch();
    search.add(kind, secret);
    return [...search.find(place, text)];
  };

  const LEAKS: [string, string][] = [
    ['as it is', `It failed: ${TEXT}`],
    ['within JSON', JSON.stringify({at: JSON.stringify({TEXT})})],
    ['cut', TEXT.slice(0, 46)],
    ['at the very end', TEXT],
    ['on another line', `one\ntwo ${TEXT}\nthree`],
  ];
  for (const [how, printed] of LEAKS) {
    it(`finds a text ${how}`, () => {
      expect(found(['a message text', TEXT], printed)).to.eql([
        'a message text',
      ]);
    });
  }

  it('finds nothing in other texts', () => {
    const other = 'Meet me at noon, in the new harbour';
    expect(found(['a message text', TEXT], other)).to.be.empty();
  });

  for (const ordinary of ['Hello', '', 'x'.repeat(5000), '???? !!!! ....']) {
    it(`passes over the ordinary: ${ordinary.slice(0, 14)}`, () => {
      expect(found(['a message text', ordinary], ordinary)).to.be.empty();
    });
  }

  it('finds a token by its signature alone', async () => {
    const token = await givenToken('ann');
    const [, , signature] = token.split('.');
    expect(found(['a token', token], `of ${signature}`)).to.eql(['a token']);
  });

  it('finds a token that nobody marked, even a cut one', async () => {
    const token = await givenToken('ann');
    const none = 'nobody has this as a password';
    const printed = `Bearer ${token.slice(0, 80)}`;
    expect(found(['a password', none], printed)).to.eql(['a token']);
  });

  it('takes two tokens of one user for two', async () => {
    const [one, other] = [await givenToken('ann'), await givenToken('bob')];
    const [, , signature] = other.split('.');
    expect(found(['a token', one], signature)).to.be.empty();
  });

  it('finds a password in a URL, however it is written', () => {
    const secret = 'correct horse battery';
    for (const written of ['correct%20horse%20battery', secret]) {
      const url = `/login?password=${written}`;
      expect(found(['a password', secret], url, 'a URL')).to.eql([
        'a password',
      ]);
    }
  });

  it('lets a URL have the words that are searched, but malformed no token', async () => {
    const url = `/messages/search?q=${encodeURIComponent(TEXT)}`;
    expect(found(['a message text', TEXT], url, 'a URL')).to.be.empty();
    const malformed = `/x?a=%zz&token=${await givenToken('ann')}`;
    expect(found(['a message text', TEXT], malformed, 'a URL')).to.eql([
      'a token',
    ]);
  });

  it('tells one of a hundred thousand', () => {
    const search = new SecretSearch();
    const secrets = Array.from({length: 100_000}, () =>
      randomBytes(24).toString('base64url'),
    );
    for (const secret of secrets) search.add('a key', secret);
    const lines = secrets.map((_, index) => `Line ${index} of the log is fine`);
    const leaks = [...lines, `with ${secrets[77_777]} in it`].filter(
      line => search.find('the log', line).size,
    );
    expect(leaks).to.have.length(1);
  });
});
