import {ChatError} from '../../errors';
import type {ChatAction} from '../../permissions';
import type {FrameCodec, SuccessAck} from '../../protocol';
import type {ChatSocket} from '../chat-socket';

/** What the gateway does with one kind of frame. */
export interface FrameHandler {
  /** What the user needs the permission for; absent when none is needed. */
  readonly action?: ChatAction;
  /** Whether it counts as one of the sends that are limited. */
  readonly isSend?: boolean;
  run(socket: ChatSocket, payload: unknown): Promise<SuccessAck>;
}

/** Makes the handler of a protobuf frame: `run` gets it decoded. */
export function frameHandler<T>(
  codec: FrameCodec<T>,
  rule: Pick<FrameHandler, 'action' | 'isSend'>,
  run: (socket: ChatSocket, frame: T) => Promise<SuccessAck>,
): FrameHandler {
  return {
    ...rule,
    run: (socket, payload) => {
      if (!(payload instanceof Uint8Array)) {
        throw new ChatError('CHAT_FRAME_INVALID');
      }
      return run(socket, codec.decode(payload));
    },
  };
}
