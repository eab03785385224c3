import {randomUUID} from 'crypto';
import {EventEmitter, once} from 'events';
import {ChatServiceBindings} from '../../keys';
import {ChatEvent, FRAMES} from '../../protocol';
import type {ChatApp} from '../fixtures/chat-app';
import type {TokenOptions} from '../fixtures/token';

/** A connected device of a user, with the events that it was told. */
export class SocketWitness {
  private readonly told: string[] = [];
  private readonly arrivals = new EventEmitter();

  private constructor(
    private readonly chat: ChatApp,
    private readonly userId: string,
  ) {}

  /** @param as - who that is in the chat, where the token says it by its claims */
  static async of(
    chat: ChatApp,
    userId: string,
    {claims, ...as}: TokenOptions & {userId?: string} = {},
  ): Promise<SocketWitness> {
    const {socket} = await chat.device(userId, {claims});
    const witness = new SocketWitness(chat, as.userId ?? userId);
    socket.onAny((event: string, bytes: Uint8Array) => {
      const id =
        event === ChatEvent.Notify &&
        FRAMES.Notify.decode(new Uint8Array(bytes)).id;
      if (id && witness.arrivals.emit(id)) return;
      witness.told.push(event);
      witness.arrivals.emit('told');
    });
    return witness;
  }

  /**
   * Waits for as many events as are expected, and then for one more, of its own,
   * before which all that was told has come.
   */
  async allTold(count: number): Promise<readonly string[]> {
    while (this.told.length < count) await once(this.arrivals, 'told');
    const notifications = await this.chat.app.get(
      ChatServiceBindings.NotificationService,
    );
    const id = randomUUID();
    const isLast = once(this.arrivals, id);
    await notifications.notifyCustom('the test', this.userId, {id});
    await isLast;
    return this.told;
  }
}
