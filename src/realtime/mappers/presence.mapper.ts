import {FRAMES} from '../../protocol';
import type {PresenceState} from '../presence/presence';

/** Makes the frame that tells who is online. */
export function toPresenceFrame(states: readonly PresenceState[]): Uint8Array {
  const presences = states.map(({userId, isOnline, lastSeenAt}) => ({
    userId,
    online: isOnline,
    lastSeenAt,
  }));
  return FRAMES.PresenceList.encode({presences});
}
