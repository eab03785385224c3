import {expect} from '@loopback/testlab';
import {MemoryRevokedTokens} from '../../services/identity/memory-revoked-tokens';

const MAX_TOKENS = 100_000;

describe('Revoked tokens in memory', () => {
  it('are forgotten when they have expired, not while they are live', () => {
    const tokens = new MemoryRevokedTokens();
    const now = Date.now();
    tokens.add('live', now + 60_000);
    for (let n = 0; n < MAX_TOKENS; n++) tokens.add(`expired ${n}`, now - 1);
    expect([...tokens.among(['live', 'none'])]).to.eql(['live']);
    expect([...tokens.among(['expired 0'])]).to.be.empty();
  });

  it('are bounded: the oldest are forgotten first', () => {
    const tokens = new MemoryRevokedTokens();
    const endsAt = Date.now() + 60_000;
    for (let n = 0; n <= MAX_TOKENS; n++) tokens.add(`token ${n}`, endsAt);
    const asked = ['token 0', 'token 1', `token ${MAX_TOKENS}`];
    expect([...tokens.among(asked)]).to.eql(asked.slice(1));
  });
});
