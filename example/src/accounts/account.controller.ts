import {authenticate} from '@loopback/authentication';
import {inject} from '@loopback/core';
import {
  get,
  post,
  requestBody,
  RestBindings,
  type OperationObject,
  type Request,
  type Response,
  type SchemaObject,
} from '@loopback/rest';
import {
  SecurityBindings,
  securityId,
  type UserProfile,
} from '@loopback/security';
import {CREDENTIALS, LOGIN, NEW_ACCOUNT, PROFILE} from './account.schemas';
import type {AccountService, NewAccount, Profile} from './account.service';

/** REST operations of accounts. */
export class AccountController {
  constructor(
    @inject('accounts.service') private readonly accounts: AccountService,
  ) {}

  /** Makes an account. */
  @post('/users', operation('Registers an account', PROFILE))
  register(@requestBody(NEW_ACCOUNT) draft: NewAccount): Promise<Profile> {
    return this.accounts.register(draft);
  }

  /** Gives an access token for account and password. */
  @post('/users/login', operation('Logs in', LOGIN))
  logIn(
    @requestBody(CREDENTIALS)
    {account, password}: Pick<NewAccount, 'account' | 'password'>,
    @inject(RestBindings.Http.REQUEST) {ip = ''}: Request,
    @inject(RestBindings.Http.RESPONSE) response: Response,
  ): Promise<{token: string; user: Profile}> {
    return this.accounts.logIn(account, password, ip).catch(err => {
      const {retryAfterSeconds} = err;
      if (retryAfterSeconds)
        response.set('Retry-After', `${retryAfterSeconds}`);
      throw err;
    });
  }

  /** Gives the account whose token is used. */
  @authenticate('chat-bearer')
  @get('/users/me', {
    ...operation('Gives the own account', PROFILE),
    security: [{chatBearer: []}],
  })
  me(@inject(SecurityBindings.USER) user: UserProfile): Promise<Profile> {
    return this.accounts.profileOf(user[securityId]);
  }
}

function operation(summary: string, schema: SchemaObject): OperationObject {
  return {
    summary,
    tags: ['Accounts'],
    responses: {
      200: {description: 'OK', content: {'application/json': {schema}}},
    },
  };
}
