/** Every connected device of a user. */
export const userRoom = (userId: string): string => `user:${userId}`;

/** Every connected device of every member of a channel that is not `single`. */
export const channelRoom = (channelId: string): string =>
  `channel:${channelId}`;
