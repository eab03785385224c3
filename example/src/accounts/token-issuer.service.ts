import {BindingKey, BindingScope, inject, injectable} from '@loopback/core';
import {createSecretKey, type KeyObject} from 'crypto';
import {SignJWT} from 'jose';
import type {Account} from './account.model';

/** What tokens are signed with; the chat verifies them with the same. */
export interface TokenSettings {
  readonly secret: string;
  readonly issuer: string;
}

/** Binding of the {@link TokenSettings}. */
export const TOKEN_SETTINGS = BindingKey.create<TokenSettings>(
  'accounts.tokenSettings',
);

const LIFETIME_MS = 12 * 60 * 60 * 1000;

/**
 * Issues the access tokens of accounts. They say who it is; what the account may do
 * is asked for each time, so that it can change.
 */
@injectable({scope: BindingScope.SINGLETON})
export class TokenIssuer {
  private readonly key: KeyObject;

  constructor(
    @inject(TOKEN_SETTINGS) private readonly settings: TokenSettings,
  ) {
    this.key = createSecretKey(settings.secret, 'utf8');
  }

  /** @param sessionId - which makes each token another one */
  async issue(
    {id, account}: Account,
    sessionId: string,
  ): Promise<{token: string; endsOn: Date}> {
    const endsOn = new Date(Date.now() + LIFETIME_MS);
    const token = await new SignJWT({id, account})
      .setProtectedHeader({alg: 'HS256'})
      .setJti(sessionId)
      .setIssuer(this.settings.issuer)
      .setIssuedAt()
      .setExpirationTime(endsOn)
      .sign(this.key);
    return {token, endsOn};
  }
}
