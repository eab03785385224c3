import type {ReactionCount} from './conversation-source';

/** A reaction and where it is. */
export interface PlacedReaction {
  readonly messageId: string;
  readonly userId: string;
  readonly emoji: string;
}

/** Gathers reactions by message and emoji, in the order they come in. */
export function countReactions(
  reactions: readonly PlacedReaction[],
): Map<string, ReactionCount[]> {
  const counts = new Map<string, Map<string, string[]>>();
  for (const {messageId, userId, emoji} of reactions) {
    const ofMessage = counts.get(messageId) ?? new Map<string, string[]>();
    counts.set(messageId, ofMessage);
    const userIds = ofMessage.get(emoji);
    if (userIds) userIds.push(userId);
    else ofMessage.set(emoji, [userId]);
  }
  const listed = ([emoji, userIds]: [string, string[]]) => ({emoji, userIds});
  return new Map(
    [...counts].map(([messageId, ofMessage]) => [
      messageId,
      [...ofMessage].map(listed),
    ]),
  );
}
