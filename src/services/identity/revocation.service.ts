import {BindingScope, inject, injectable} from '@loopback/core';
import type {ResolvedConfig} from '../../config';
import {ChatError} from '../../errors';
import {ChatInternalBindings, ChatServiceBindings} from '../../keys';
import type {RevokedTokens} from '../../repositories';
import type {ChatLogger} from '../../types';
import type {ChatEvents} from '../chat-events';
import {Reachable} from '../shared/reachable';

/** Bounds the memory of tokens known to be revoked; the oldest are forgotten first. */
const MAX_KNOWN = 10_000;
/** Bounds one question, in tokens. */
const MAX_ASKED = 500;

/** Knows which tokens were taken back, as far as their place can be asked. */
@injectable({scope: BindingScope.SINGLETON})
export class RevocationService {
  private readonly mustKnow: boolean;
  private readonly place: Reachable;
  /** A revoked token stays so, whether or not its place is there. */
  private readonly known = new Set<string>();

  constructor(
    @inject(ChatInternalBindings.Config) {auth}: ResolvedConfig,
    @inject(ChatServiceBindings.RevokedTokens)
    private readonly tokens: RevokedTokens,
    @inject(ChatInternalBindings.Logger) logger: ChatLogger,
    @inject(ChatServiceBindings.Events) private readonly events: ChatEvents,
  ) {
    this.mustKnow = auth.refuseUnchecked;
    const {revocationTimeoutMs} = auth;
    this.place = new Reachable('revoked tokens', logger, revocationTimeoutMs);
  }

  /**
   * Takes a token back.
   * @param userId - whose it is
   * @param endsAt - when it would expire, in milliseconds since the epoch
   * @throws ChatError CHAT_UNAVAILABLE when that was not kept, as far as can be told
   */
  async add(token: string, userId: string, endsAt: number): Promise<void> {
    await this.place.ask(() => this.tokens.add(token, endsAt));
    this.remember([token]);
    this.events.emit('token.revoked', {userId});
  }

  /**
   * @returns those that were taken back, as far as is known while it cannot be asked
   * @throws ChatError CHAT_UNAVAILABLE then, where `auth.refuseUnchecked` says so
   */
  async among(tokens: readonly string[]): Promise<ReadonlySet<string>> {
    const revoked = new Set(tokens.filter(token => this.known.has(token)));
    const others = tokens.filter(token => !revoked.has(token));
    try {
      for (let start = 0; start < others.length; start += MAX_ASKED) {
        const some = others.slice(start, start + MAX_ASKED);
        const found = await this.place.ask(() => this.tokens.among(some));
        this.remember(found);
        for (const token of found) revoked.add(token);
      }
    } catch (err) {
      if (this.mustKnow) throw err;
    }
    return revoked;
  }

  /** @throws ChatError CHAT_UNAUTHENTICATED when the token was taken back */
  async expectValid(token: string): Promise<void> {
    const revoked = await this.among([token]);
    if (revoked.size) throw new ChatError('CHAT_UNAUTHENTICATED');
  }

  private remember(tokens: Iterable<string>): void {
    for (const token of tokens) this.known.add(token);
    for (const oldest of this.known) {
      if (this.known.size <= MAX_KNOWN) return;
      this.known.delete(oldest);
    }
  }
}
