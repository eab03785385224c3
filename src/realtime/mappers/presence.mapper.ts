import type {WirePresenceList} from '../../protocol';
import type {PresenceState} from '../presence/presence';

/** Makes the frame that tells who is online. */
export function toPresenceList(
  states: readonly PresenceState[],
): WirePresenceList {
  return {
    presences: states.map(({userId, isOnline, lastSeenAt}) => ({
      userId,
      online: isOnline,
      lastSeenAt,
    })),
  };
}
