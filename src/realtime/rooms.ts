/** Every connected device of a user who may read messages. */
export const userRoom = (userId: string): string => `user:${userId}`;

/** Every connected device of a user who may see notifications. */
export const notifyRoom = (userId: string): string => `notify:${userId}`;

/** Every connected device of every member of a channel that is not `single`. */
export const channelRoom = (channelId: string): string =>
  `channel:${channelId}`;

/** Every connection that asked to be told of a user's coming and going. */
export const presenceRoom = (userId: string): string => `presence:${userId}`;

/** @returns of whom a room of {@link presenceRoom} tells; undefined of others */
export const presenceUserOf = (room: string): string | undefined =>
  room.startsWith('presence:') ? room.slice('presence:'.length) : undefined;
