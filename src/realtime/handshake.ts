import {BindingScope, inject, injectable} from '@loopback/core';
import {ChatError} from '../errors';
import {ChatInternalBindings, ChatServiceBindings} from '../keys';
import {logFault} from '../log-fault';
import {hasPermission} from '../permissions';
import {
  asChatError,
  bearerToken,
  type MembershipService,
  type TokenService,
} from '../services';
import type {ChatLogger} from '../types';
import type {ChatSocket} from './chat-socket';
import {channelRoom, userRoom} from './rooms';

/** `setTimeout` counts in 32 bits; a longer wait would end at once. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** Lets in who has a valid token, and puts each connection into its rooms. */
@injectable({scope: BindingScope.SINGLETON})
export class Handshake {
  /** Connections being made: channels opened meanwhile are added to them. */
  private readonly underway = new Map<string, Set<Set<string>>>();

  constructor(
    @inject(ChatInternalBindings.TokenService)
    private readonly tokens: TokenService,
    @inject('chat.membershipService')
    private readonly memberships: MembershipService,
    @inject(ChatServiceBindings.Logger) private readonly logger: ChatLogger,
  ) {}

  /**
   * Verifies the token of the handshake and looks up the user's channels.
   * @returns undefined, or the error that refuses the connection
   */
  async admit(socket: ChatSocket): Promise<Error | undefined> {
    try {
      const {auth, headers} = socket.handshake;
      const token = auth.token ?? bearerToken(headers.authorization);
      const {user, expiresAt} = await this.tokens.verify(token);
      const channelIds = this.track(socket, user.id);
      socket.data = {user, expiresAt, channelIds};
      for (const id of await this.memberships.sharedChannelIds(user)) {
        channelIds.add(id);
      }
      return undefined;
    } catch (err) {
      return this.refusal(err);
    }
  }

  /** Joins the rooms of a connection that was admitted and sees to its end. */
  enter(socket: ChatSocket): void {
    const {user, expiresAt, channelIds} = socket.data;
    this.untrack(user.id, channelIds);
    // Whoever may not read by REST is told nothing here either.
    if (hasPermission(user.permissions, 'viewMessage')) {
      const rooms = [...channelIds].map(channelRoom);
      void socket.join([userRoom(user.id), ...rooms]);
    }
    const remainingMs = Math.min(expiresAt - Date.now(), MAX_TIMEOUT_MS);
    const expiry = setTimeout(() => socket.disconnect(true), remainingMs);
    socket.once('disconnect', () => clearTimeout(expiry));
  }

  /** Tells the connections being made of a channel their user now belongs to. */
  addChannel(userId: string, channelId: string): void {
    for (const ids of this.underway.get(userId) ?? []) ids.add(channelId);
  }

  /** Tells the connections being made of a channel that is no longer their user's. */
  removeChannel(userId: string, channelId: string): void {
    for (const ids of this.underway.get(userId) ?? []) ids.delete(channelId);
  }

  private track(socket: ChatSocket, userId: string): Set<string> {
    const channelIds = new Set<string>();
    const ofUser = this.underway.get(userId) ?? new Set();
    this.underway.set(userId, ofUser.add(channelIds));
    const {conn} = socket.client;
    const end = () => this.untrack(userId, channelIds);
    if (conn.readyState === 'open') conn.once('close', end);
    else end();
    return channelIds;
  }

  private untrack(userId: string, channelIds: Set<string>): void {
    const ofUser = this.underway.get(userId);
    ofUser?.delete(channelIds);
    if (!ofUser?.size) this.underway.delete(userId);
  }

  private refusal(err: unknown): Error {
    const {statusCode, code, message}: ChatError = asChatError(err);
    logFault(this.logger, {statusCode, code}, err);
    return Object.assign(new Error(message), {data: {statusCode, code}});
  }
}
