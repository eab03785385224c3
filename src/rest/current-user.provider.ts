import {inject, type Provider} from '@loopback/core';
import {SecurityBindings, type UserProfile} from '@loopback/security';
import type {ResolvedConfig} from '../config';
import {ChatError} from '../errors';
import {ChatInternalBindings} from '../keys';
import {toChatUser, type Claims} from '../services';
import type {ChatUser} from '../types';

/** Where sequences made with `loopback4-authentication` leave the user. */
const SOURCEFUSE_CURRENT_USER = 'sf.userAuthentication.currentUser';

/** Gives controllers the user that whichever sequence has authenticated. */
export class CurrentUserProvider implements Provider<ChatUser> {
  constructor(
    @inject(ChatInternalBindings.Config)
    private readonly config: ResolvedConfig,
    @inject(SecurityBindings.USER, {optional: true})
    private readonly profile?: UserProfile,
    @inject(SOURCEFUSE_CURRENT_USER, {optional: true})
    private readonly sourcefuseUser?: Claims,
  ) {}

  /** @throws ChatError CHAT_UNAUTHENTICATED when nobody was authenticated */
  value(): ChatUser {
    const claims: Claims | undefined = this.profile ?? this.sourcefuseUser;
    if (!claims) throw new ChatError('CHAT_UNAUTHENTICATED');
    return toChatUser(claims, this.config.auth.claims);
  }
}
