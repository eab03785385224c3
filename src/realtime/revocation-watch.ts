import {BindingScope, inject, injectable} from '@loopback/core';
import type {ResolvedConfig} from '../config';
import {ChatInternalBindings, ChatServiceBindings} from '../keys';
import {
  RepeatedRun,
  type ChatEvents,
  type RevocationService,
} from '../services';
import type {ChatServer, ChatSocket} from './chat-socket';

/** Ends connections whose tokens were taken back, here or on any node. */
@injectable({scope: BindingScope.SINGLETON})
export class RevocationWatch {
  constructor(
    @inject(ChatInternalBindings.Config)
    private readonly config: ResolvedConfig,
    @inject('chat.revocationService')
    private readonly revocations: RevocationService,
    @inject(ChatServiceBindings.Events) private readonly events: ChatEvents,
  ) {}

  /** @returns a function that ends the watch */
  start(io: ChatServer): () => Promise<void> {
    const run = new RepeatedRun({
      intervalMs: this.config.auth.revocationCheckMs,
      run: () => this.endRevoked([...io.sockets.sockets.values()]),
    });
    run.start();
    // Of this node's own nobody need wait for the next time.
    const forget = this.events.on('token.revoked', ({userId}) => {
      const sockets = [...io.sockets.sockets.values()];
      void this.endRevoked(sockets.filter(({data}) => data.user.id === userId));
    });
    return async () => {
      forget();
      await run.stop();
    };
  }

  private async endRevoked(sockets: ChatSocket[]): Promise<void> {
    const tokens = new Set(sockets.map(({data}) => data.token));
    // Away, it tells of none: whoever is connected stays so.
    const revoked = await this.revocations
      .among([...tokens])
      .catch(() => new Set<string>());
    for (const socket of sockets) {
      if (revoked.has(socket.data.token)) socket.disconnect(true);
    }
  }
}
