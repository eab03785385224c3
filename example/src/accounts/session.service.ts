import {BindingScope, inject, injectable} from '@loopback/core';
import {decodeJwt} from 'jose';
import {
  ChatServiceBindings,
  type ChatEvents,
  type RevokedTokens,
} from 'loopback4-chat';
import {v4 as uuidv4} from 'uuid';
import {accountError, isOrphan} from './account-error';
import type {Account} from './account.model';
import type {Rows} from './account.repository';
import {Session} from './session.model';
import type {TokenIssuer} from './token-issuer.service';

/**
 * Keeps the logins that have not ended, for the chat too: a token without one is
 * revoked. They outlive a restart, and are the same for every node.
 */
@injectable({scope: BindingScope.SINGLETON})
export class SessionService implements RevokedTokens {
  constructor(
    @inject('repositories.SessionRepository')
    private readonly sessions: Rows<Session>,
    @inject('accounts.tokens') private readonly tokens: TokenIssuer,
    @inject(ChatServiceBindings.Events) private readonly events: ChatEvents,
  ) {}

  /**
   * @returns a token
   * @throws HttpError 401 when the account was deleted in the meantime
   */
  async begin(account: Account): Promise<string> {
    const id = uuidv4();
    const {token, endsOn} = await this.tokens.issue(account, id);
    const {id: accountId} = account;
    await this.sessions.deleteAll({endsOn: {lt: new Date()}});
    await this.sessions
      .create(new Session({id, accountId, endsOn}))
      .catch(err => {
        throw isOrphan(err) ? accountError('LOGIN_FAILED') : err;
      });
    return token;
  }

  /** Ends all sessions of an account, but for the one with this token. */
  async endOthers(accountId: string, token?: string): Promise<void> {
    const id = {neq: token ? sessionIdOf(token) : ''};
    await this.sessions.deleteAll({accountId, id});
    this.tellEnded(accountId);
  }

  /** Has the chat end connections of an account whose sessions are gone, at once. */
  tellEnded(accountId: string): void {
    this.events.emit('token.revoked', {userId: accountId});
  }

  /** Ends the session of a token. */
  async add(token: string): Promise<void> {
    await this.sessions.deleteAll({id: sessionIdOf(token)});
  }

  async among(tokens: readonly string[]): Promise<ReadonlySet<string>> {
    const ids = new Map(tokens.map(token => [token, sessionIdOf(token)]));
    const where = {id: {inq: [...ids.values()]}};
    const rows = await this.sessions.find({where, fields: {id: true}});
    const live = new Set(rows.map(({id}) => id));
    return new Set(tokens.filter(token => !live.has(ids.get(token) ?? '')));
  }
}

/** Of a token whose signature was verified, or will be. */
function sessionIdOf(token: string): string {
  return decodeJwt(token).jti ?? '';
}
