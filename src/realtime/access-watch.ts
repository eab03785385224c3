import {BindingScope, inject, injectable} from '@loopback/core';
import type {ResolvedConfig} from '../config';
import {ChatInternalBindings, ChatServiceBindings} from '../keys';
import {
  RepeatedRun,
  type ChatEvents,
  type PermissionService,
  type RevocationService,
} from '../services';
import type {ChatServer, ChatSocket} from './chat-socket';
import type {Handshake} from './handshake';

/** Bounds how many connections ask for their permissions at once. */
const AT_ONCE = 100;

/**
 * Holds live connections to what is decided after they were let in, here or on any
 * node: ends those whose tokens were taken back, and gives the others the permissions
 * that their users have now.
 */
@injectable({scope: BindingScope.SINGLETON})
export class AccessWatch {
  constructor(
    @inject(ChatInternalBindings.Config)
    private readonly config: ResolvedConfig,
    @inject('chat.revocationService')
    private readonly revocations: RevocationService,
    @inject(ChatServiceBindings.PermissionService)
    private readonly permissions: PermissionService,
    @inject('chat.handshake') private readonly handshake: Handshake,
    @inject(ChatServiceBindings.Events) private readonly events: ChatEvents,
  ) {}

  /** @returns a function that ends the watch */
  start(io: ChatServer): () => Promise<void> {
    const all = () => [...io.sockets.sockets.values()];
    const of = (...userIds: readonly string[]) =>
      all().filter(({data}) => userIds.includes(data.user.id));
    // The host may take its time over permissions, which no revoked token gets.
    const runs = [
      this.every(() => this.endRevoked(all())),
      this.every(this.refreshing(all)),
    ];
    for (const run of runs) run.start();
    // What is decided on this node need not wait for the next time.
    const stops = [
      this.events.on('token.revoked', ({userId}) => {
        void this.endRevoked(of(userId));
      }),
      this.events.on('permissions.changed', ({userIds}) => {
        void this.refresh(of(...userIds));
      }),
    ];
    return async () => {
      for (const stop of stops) stop();
      await Promise.all(runs.map(run => run.stop()));
    };
  }

  private every(run: () => Promise<void>): RepeatedRun {
    return new RepeatedRun({
      intervalMs: this.config.auth.revocationCheckMs,
      run,
    });
  }

  /** @returns what has connections follow their users' permissions when these change */
  private refreshing(all: () => ChatSocket[]): () => Promise<void> {
    let state: string | undefined;
    return async () => {
      const now = await this.permissions.state().catch(() => state);
      if (now === state) return;
      // Those of whom it cannot be told now are asked for the next time.
      if (await this.refresh(all())) state = now;
    };
  }

  private async endRevoked(sockets: ChatSocket[]): Promise<void> {
    const tokens = new Set(sockets.map(({data}) => data.token));
    // While it cannot be told, whoever is connected stays so.
    const revoked = await this.revocations
      .among([...tokens])
      .catch(() => new Set<string>());
    for (const socket of sockets) {
      if (revoked.has(socket.data.token)) socket.disconnect(true);
    }
  }

  /** @returns whether each of them follows now */
  private async refresh(sockets: ChatSocket[]): Promise<boolean> {
    this.handshake.noteChange();
    let isDone = true;
    for (let start = 0; start < sockets.length; start += AT_ONCE) {
      const some = sockets.slice(start, start + AT_ONCE);
      const done = await Promise.all(
        some.map(socket => this.handshake.refresh(socket)),
      );
      isDone &&= done.every(Boolean);
    }
    return isDone;
  }
}
