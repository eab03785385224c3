import {authenticate} from '@loopback/authentication';
import {inject, intercept} from '@loopback/core';
import {
  get,
  param,
  post,
  requestBody,
  RestBindings,
  type Request,
  type Response,
} from '@loopback/rest';
import {authorize} from 'loopback4-authorization';
import {cached, ChatServiceBindings} from 'loopback4-chat';
import {ACCOUNT_PERMISSIONS} from './access-catalog';
import {
  CREDENTIALS,
  LOGIN,
  NEW_ACCOUNT,
  OWN_PROFILE,
  PROFILE,
} from './account.schemas';
import {
  accountSubject,
  type AccountService,
  type Credentials,
  type NewAccount,
  type Profile,
} from './account.service';
import {operation, OWN, withRetryAfter} from './operations';

const PROFILE_TTL_MS = 60_000;

/** REST operations of accounts, whoever asks. */
export class AccountController {
  constructor(
    @inject('accounts.service') private readonly accounts: AccountService,
  ) {}

  /** Makes an account. */
  @post('/users', operation('Registers an account', [409, 422], OWN_PROFILE))
  register(@requestBody(NEW_ACCOUNT) draft: NewAccount): Promise<Profile> {
    return this.accounts.register(draft);
  }

  /** Gives an access token for account and password. */
  @post('/users/login', operation('Logs in', [401, 422, 429], LOGIN))
  logIn(
    @requestBody(CREDENTIALS)
    {account, password}: Credentials,
    @inject(RestBindings.Http.REQUEST) {ip = ''}: Request,
    @inject(RestBindings.Http.RESPONSE) response: Response,
  ): Promise<{token: string; user: Profile}> {
    const login = this.accounts.logIn(account, password, ip);
    return withRetryAfter(response, login);
  }

  /** Gives the account of anybody. */
  @authenticate('chat-bearer')
  @intercept(ChatServiceBindings.Access)
  @authorize({permissions: [ACCOUNT_PERMISSIONS.userGet]})
  @cached({ttlMs: PROFILE_TTL_MS, key: accountSubject})
  @get('/users/{id}', {
    ...operation('Gives the account of anybody', [401, 403, 404], PROFILE),
    ...OWN,
  })
  findById(@param.path.string('id') id: string): Promise<Profile> {
    return this.accounts.profileOf(id);
  }
}
