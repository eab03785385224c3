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
import {JoiningChannels} from './joining-channels';
import {channelRoom, userRoom} from './rooms';

/** `setTimeout` counts in 32 bits; a longer wait would end at once. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** Lets in who has a valid token, and puts each connection into its rooms. */
@injectable({scope: BindingScope.SINGLETON})
export class Handshake {
  /** By user, the connections being made: they are told of changes meanwhile. */
  private readonly underway = new Map<string, Set<JoiningChannels>>();

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
      const channels = this.track(socket, user.id);
      socket.data = {user, expiresAt, channels};
      channels.addRead(await this.memberships.sharedChannelIds(user));
      return undefined;
    } catch (err) {
      return this.refusal(err);
    }
  }

  /** Joins the rooms of a connection that was admitted and sees to its end. */
  enter(socket: ChatSocket): void {
    const {user, expiresAt, channels} = socket.data;
    this.untrack(user.id, channels);
    // Whoever may not read by REST is told nothing here either.
    if (hasPermission(user.permissions, 'viewMessage')) {
      const rooms = channels.list().map(channelRoom);
      void socket.join([userRoom(user.id), ...rooms]);
    }
    const remainingMs = Math.min(expiresAt - Date.now(), MAX_TIMEOUT_MS);
    const expiry = setTimeout(() => socket.disconnect(true), remainingMs);
    socket.once('disconnect', () => clearTimeout(expiry));
  }

  /** Tells the connections being made of a channel their user now belongs to. */
  addChannel(userId: string, channelId: string): void {
    for (const channels of this.underway.get(userId) ?? []) {
      channels.add(channelId);
    }
  }

  /** Tells the connections being made of a channel that is no longer their user's. */
  removeChannel(userId: string, channelId: string): void {
    for (const channels of this.underway.get(userId) ?? []) {
      channels.remove(channelId);
    }
  }

  private track(socket: ChatSocket, userId: string): JoiningChannels {
    const channels = new JoiningChannels();
    const ofUser = this.underway.get(userId) ?? new Set();
    this.underway.set(userId, ofUser.add(channels));
    const {conn} = socket.client;
    const end = () => this.untrack(userId, channels);
    if (conn.readyState === 'open') conn.once('close', end);
    else end();
    return channels;
  }

  private untrack(userId: string, channels: JoiningChannels): void {
    const ofUser = this.underway.get(userId);
    ofUser?.delete(channels);
    if (!ofUser?.size) this.underway.delete(userId);
  }

  private refusal(err: unknown): Error {
    const {statusCode, code, message}: ChatError = asChatError(err);
    logFault(this.logger, {statusCode, code}, err);
    return Object.assign(new Error(message), {data: {statusCode, code}});
  }
}
