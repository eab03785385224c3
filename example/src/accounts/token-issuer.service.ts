import {BindingKey, BindingScope, inject, injectable} from '@loopback/core';
import {createSecretKey, type KeyObject} from 'crypto';
import {SignJWT} from 'jose';
import {ORDINARY_PERMISSIONS} from 'loopback4-chat';
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

const LIFETIME = '12h';

/** The one role there is: all that an ordinary user of the chat may do. */
const ROLE = {
  roleId: 'user',
  roleName: 'User',
  roleDesc: 'Talks with others',
  permissions: ORDINARY_PERMISSIONS.map((name, index) => ({
    id: String(index + 1),
    name,
    // CreateMessage → Create message
    desc: name.replace(
      /(?<=[a-z])[A-Z]/g,
      initial => ` ${initial.toLowerCase()}`,
    ),
  })),
};

/** Issues the access tokens of accounts. */
@injectable({scope: BindingScope.SINGLETON})
export class TokenIssuer {
  private readonly key: KeyObject;

  constructor(
    @inject(TOKEN_SETTINGS) private readonly settings: TokenSettings,
  ) {
    this.key = createSecretKey(settings.secret, 'utf8');
  }

  issue({id, account}: Account): Promise<string> {
    return new SignJWT({id, account, ...ROLE})
      .setProtectedHeader({alg: 'HS256'})
      .setIssuer(this.settings.issuer)
      .setIssuedAt()
      .setExpirationTime(LIFETIME)
      .sign(this.key);
  }
}
