import type {AuthenticationStrategy} from '@loopback/authentication';
import {BindingScope, inject, injectable} from '@loopback/core';
import type {Request} from '@loopback/rest';
import {securityId, type UserProfile} from '@loopback/security';
import {CHAT_AUTH_STRATEGY, ChatServiceBindings} from '../keys';
import {bearerToken, profileOf, type TokenService} from '../services';

/** Authenticates a request by the token in its `Authorization` header. */
@injectable({scope: BindingScope.SINGLETON})
export class ChatBearerStrategy implements AuthenticationStrategy {
  readonly name = CHAT_AUTH_STRATEGY;

  constructor(
    @inject(ChatServiceBindings.TokenService)
    private readonly tokens: TokenService,
  ) {}

  /** @throws ChatError CHAT_UNAUTHENTICATED */
  async authenticate(request: Request): Promise<UserProfile> {
    const token = bearerToken(request.headers.authorization);
    const {user, claims} = await this.tokens.verify(token);
    const profile = profileOf(user, claims);
    return {...profile, [securityId]: user.id, name: user.account};
  }
}
