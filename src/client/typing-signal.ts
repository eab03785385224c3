import {ChatEvent, FRAMES} from '../protocol';
import type {Transport} from './transport';

/** The server passes on two a second; more than this would be wasted. */
const REPEAT_MS = 1000;

/** Tells that the user is typing; as often as keys are pressed, but not sent as often. */
export class TypingSignal {
  private last = {channelId: '', isTyping: false, at: -Infinity};

  constructor(private readonly transport: Transport) {}

  tell(channelId: string, isTyping: boolean): void {
    const {last} = this;
    const isSame = last.channelId === channelId && last.isTyping === isTyping;
    const at = performance.now();
    if (isSame && at - last.at < REPEAT_MS) return;
    this.last = {channelId, isTyping, at};
    const bytes = FRAMES.Typing.encode({channelId, typing: isTyping});
    this.transport.sendVolatile(ChatEvent.Typing, bytes);
  }
}
