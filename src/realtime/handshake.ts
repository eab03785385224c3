import {BindingScope, inject, injectable} from '@loopback/core';
import type {ResolvedConfig} from '../config';
import {ChatError} from '../errors';
import {ChatInternalBindings, ChatServiceBindings} from '../keys';
import {logFault} from '../log-fault';
import {hasPermission} from '../permissions';
import {
  asChatError,
  bearerToken,
  type MembershipService,
  type TokenService,
  type VerifiedToken,
} from '../services';
import type {ChatLogger, ChatUser} from '../types';
import type {ChatSocket} from './chat-socket';
import {ConnectionCounter} from './limits/connection-counter';
import {RateLimiter} from './limits/rate-limiter';
import {OwnChannels} from './own-channels';
import {channelRoom, notifyRoom, userRoom} from './rooms';

const NOTHING = Object.freeze({});

/** How often one user may come in: looking up what is theirs is not for nothing. */
const CONNECTS_PER_SECOND = 10;
/** For each connection that a user may have, after a pause. */
const CONNECT_BURST = 10;

/** What a connection is refused with. */
export type RefusedError = Error & {
  readonly data: {readonly statusCode: number; readonly code: string};
};

/** What a client is told in place of being let in. */
export function refusalOf({
  statusCode,
  code,
  message,
}: ChatError): RefusedError {
  return Object.assign(new Error(message), {data: {statusCode, code}});
}

/** Lets in who has a valid token, and puts each connection into its rooms. */
@injectable({scope: BindingScope.SINGLETON})
export class Handshake {
  private readonly connections: ConnectionCounter;
  private readonly connects: RateLimiter;
  private readonly underway = new OwnChannels();
  /** One change of what a connection may do after the other. */
  private readonly turns = new WeakMap<ChatSocket, Promise<unknown>>();
  /** How often what users may do has changed, and what it was when one was let in. */
  private changes = 0;
  private readonly admittedAt = new WeakMap<ChatSocket, number>();

  constructor(
    @inject(ChatInternalBindings.Config) {realtime}: ResolvedConfig,
    @inject(ChatServiceBindings.TokenService)
    private readonly tokens: TokenService,
    @inject('chat.membershipService')
    private readonly memberships: MembershipService,
    @inject(ChatInternalBindings.Logger) private readonly logger: ChatLogger,
  ) {
    const {maxConnectionsPerUser} = realtime;
    this.connections = new ConnectionCounter(maxConnectionsPerUser);
    this.connects = new RateLimiter({
      perSecond: CONNECTS_PER_SECOND,
      burst: CONNECT_BURST * maxConnectionsPerUser,
    });
  }

  /**
   * Verifies the token of the handshake and looks up the user's channels.
   * @returns undefined, or the error that refuses the connection
   */
  async admit(socket: ChatSocket): Promise<RefusedError | undefined> {
    try {
      const {auth, headers} = socket.handshake;
      const token = auth.token ?? bearerToken(headers.authorization);
      this.admittedAt.set(socket, this.changes);
      const {user, expiresAt} = await this.tokens.verify(token);
      // One that is taken up again was somebody's already.
      const before: ChatUser | undefined = socket.data.user;
      if (before && before.id !== user.id) {
        throw new ChatError('CHAT_UNAUTHENTICATED');
      }
      this.count(socket, user.id);
      socket.data = {user, expiresAt, token: String(token)};
      await this.lookUpChannels(socket, user);
      return undefined;
    } catch (err) {
      return this.refusal(err);
    }
  }

  /** Joins the rooms of a connection that was admitted. */
  enter(socket: ChatSocket): void {
    const channelIds = this.underway.take(socket);
    release(socket);
    const {id, permissions} = socket.data.user;
    if (hasPermission(permissions, 'viewNotification')) {
      void socket.join(notifyRoom(id));
    }
    // Whoever may not read by REST is told nothing here either.
    if (!hasPermission(permissions, 'viewMessage')) return;
    const rooms = channelIds.map(channelRoom);
    void socket.join([userRoom(id), ...rooms]);
  }

  /**
   * Takes a new token for a connection, whose rooms follow what it allows.
   * @returns when the new token expires, in milliseconds since the epoch
   * @throws ChatError CHAT_UNAUTHENTICATED, CHAT_FORBIDDEN when it is another user's
   */
  async renew(socket: ChatSocket, token: unknown): Promise<number> {
    return this.inTurn(socket, async () => {
      const verified = await this.tokens.verify(token);
      if (verified.user.id !== socket.data.user.id) {
        throw new ChatError('CHAT_FORBIDDEN');
      }
      await this.apply(socket, String(token), verified);
      return verified.expiresAt;
    });
  }

  /**
   * Has a connection follow what its user may do now; without a valid token it ends.
   * @returns false when that cannot be told now
   */
  async refresh(socket: ChatSocket): Promise<boolean> {
    return this.inTurn(socket, async () => {
      const {token} = socket.data;
      try {
        await this.apply(socket, token, await this.tokens.verify(token));
      } catch (err) {
        // Of one that has ended there is nothing left to do.
        if (!socket.connected) return true;
        if (asChatError(err).code !== 'CHAT_UNAUTHENTICATED') return false;
        socket.disconnect(true);
      }
      return true;
    });
  }

  /** Notes that users may do something else now, for connections that are being made. */
  noteChange(): void {
    this.changes++;
  }

  /** Tells whether what users may do has changed since the connection was let in. */
  isOutdated(socket: ChatSocket): boolean {
    return this.admittedAt.get(socket) !== this.changes;
  }

  /** Of two at once the one that was verified first would be applied last. */
  private async inTurn<T>(
    socket: ChatSocket,
    work: () => Promise<T>,
  ): Promise<T> {
    const before = this.turns.get(socket) ?? Promise.resolve();
    const turn = before.then(work, work);
    this.turns.set(socket, turn);
    return turn;
  }

  private async apply(
    socket: ChatSocket,
    token: string,
    {user, expiresAt}: VerifiedToken,
  ): Promise<void> {
    if (!hasPermission(user.permissions, 'viewNotification')) {
      void socket.leave(notifyRoom(user.id));
    }
    const isIn = socket.rooms.has(userRoom(user.id));
    const canView = hasPermission(user.permissions, 'viewMessage');
    if (isIn && !canView) leaveAll(socket);
    if (!isIn && canView) await this.lookUpChannels(socket, user);
    if (!socket.connected) {
      this.underway.take(socket);
      throw new ChatError('CHAT_UNAVAILABLE');
    }
    socket.data = {user, expiresAt, token};
    this.enter(socket);
  }

  /** Tells the connections being made of a channel their users now belong to. */
  addChannel(userIds: readonly string[], channelId: string): void {
    this.underway.add(userIds, channelId);
  }

  /** Tells the connections being made of a channel that is no longer theirs. */
  removeChannel(userIds: readonly string[], channelId: string): void {
    this.underway.remove(userIds, channelId);
  }

  private async lookUpChannels(
    socket: ChatSocket,
    user: ChatUser,
  ): Promise<void> {
    const channels = this.underway.start(socket, user.id);
    channels.addRead(await this.memberships.sharedChannelIds(user));
  }

  private count(socket: ChatSocket, userId: string): void {
    if (this.connects.take(userId) || !this.connections.add(userId)) {
      throw new ChatError('CHAT_RATE_LIMITED');
    }
    const end = () => {
      this.connections.remove(userId);
      this.underway.take(socket);
    };
    const {conn} = socket.client;
    if (conn.readyState === 'open') {
      // It closes once; `once` would make two more objects for each.
      conn.on('close', end);
      return;
    }
    end();
    // Closed already: nothing would end what is begun for it.
    throw new ChatError('CHAT_UNAVAILABLE');
  }

  private refusal(err: unknown): RefusedError {
    const known = asChatError(err);
    const {statusCode, code} = known;
    logFault(this.logger, {statusCode, code}, err);
    return refusalOf(known);
  }
}

/**
 * Lets go of the request that began the connection, which would stay as long as it
 * does, and of what nobody asks for again.
 */
function release(socket: ChatSocket): void {
  (socket.conn as {request?: unknown}).request = undefined;
  Object.assign(socket.handshake, {headers: NOTHING, auth: NOTHING});
  Object.assign(socket.handshake, {query: NOTHING, time: '', url: ''});
}

function leaveAll(socket: ChatSocket): void {
  for (const room of socket.rooms) {
    if (room !== socket.id) void socket.leave(room);
  }
}
