import {authenticate} from '@loopback/authentication';
import {inject, intercept, type Getter} from '@loopback/core';
import {
  get,
  patch,
  post,
  put,
  requestBody,
  RestBindings,
  type Request,
  type Response,
} from '@loopback/rest';
import {
  SecurityBindings,
  securityId,
  type UserProfile,
} from '@loopback/security';
import {authorize} from 'loopback4-authorization';
import {
  bearerToken,
  ChatServiceBindings,
  type TokenService,
} from 'loopback4-chat';
import {
  NEW_PASSWORD,
  OWN_PASSWORD,
  OWN_PROFILE,
  PROFILE_CHANGE,
} from './account.schemas';
import type {AccountService, Profile, ProfileChange} from './account.service';
import {operation, OWN, withRetryAfter} from './operations';

/** REST operations of the account whose token is used. */
@authenticate('chat-bearer')
@intercept(ChatServiceBindings.Access)
export class OwnAccountController {
  constructor(
    @inject('accounts.service') private readonly accounts: AccountService,
    @inject(ChatServiceBindings.TokenService)
    private readonly tokens: TokenService,
    @inject(RestBindings.Http.REQUEST) private readonly request: Request,
    @inject(RestBindings.Http.RESPONSE) private readonly response: Response,
    // A controller is made before its interceptors have seen to the user.
    @inject.getter(SecurityBindings.USER)
    private readonly user: Getter<UserProfile>,
  ) {}

  /** Gives the account. */
  @authorize({permissions: ['*']})
  @get('/users/me', {
    ...operation('Gives the own account', [401], OWN_PROFILE),
    ...OWN,
  })
  async find(): Promise<Profile> {
    return this.accounts.ownProfile(await this.id());
  }

  /** Changes what is said of the account. */
  @authorize({permissions: ['*']})
  @patch('/users/me', {
    ...operation('Changes the own account', [401, 422], OWN_PROFILE),
    ...OWN,
  })
  async update(
    @requestBody(PROFILE_CHANGE) change: ProfileChange,
  ): Promise<Profile> {
    return this.accounts.update(await this.id(), change);
  }

  /** Changes the password. */
  @authorize({permissions: ['*']})
  @put('/users/me/password', {
    ...operation(
      'Changes the own password, and logs out all other devices',
      [401, 422, 429],
    ),
    ...OWN,
  })
  async changePassword(
    @requestBody(NEW_PASSWORD)
    change: {
      password: string;
      newPassword: string;
    },
  ): Promise<void> {
    const {address, token} = this;
    const work = this.accounts.changePassword(await this.id(), change, {
      address,
      token,
    });
    await withRetryAfter(this.response, work);
  }

  /** Deletes the account. */
  @authorize({permissions: ['*']})
  @post('/users/me/delete', {
    ...operation(
      'Deletes the own account, and all that the chat keeps of it',
      [401, 422, 429],
    ),
    ...OWN,
  })
  async delete(
    @requestBody(OWN_PASSWORD) {password}: {password: string},
  ): Promise<void> {
    const work = this.accounts.delete(await this.id(), password, this.address);
    await withRetryAfter(this.response, work);
  }

  /** Ends the token. */
  @authorize({permissions: ['*']})
  @post('/users/logout', {
    ...operation('Logs out: the token is no longer valid', [401]),
    ...OWN,
  })
  async logOut(): Promise<void> {
    await this.tokens.revoke(this.token);
  }

  private async id(): Promise<string> {
    return (await this.user())[securityId];
  }

  private get address(): string {
    return this.request.ip ?? '';
  }

  /** Which was verified before any operation. */
  private get token(): string {
    return bearerToken(this.request.headers.authorization) ?? '';
  }
}
