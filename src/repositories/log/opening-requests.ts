import type {AppendRequest} from './append-request';
import type {NewMessage} from './message-appender';

/** Finds the ids of those messages whose senders are blocked by `heardBy`. */
export type FindBlocked = (
  messages: readonly NewMessage[],
) => Promise<ReadonlySet<string>>;

/**
 * Chooses whose message opens a channel, of several that would. None is opened
 * to a user who has blocked the sender.
 * @returns by the id of the channel
 */
export async function openingRequests(
  requests: readonly AppendRequest[],
  findBlocked: FindBlocked,
): Promise<Map<string, AppendRequest>> {
  const heard = requests
    .map(({message}) => message)
    .filter(({heardBy}) => heardBy !== undefined);
  const blocked = heard.length ? await findBlocked(heard) : new Set();
  const opening = new Map<string, AppendRequest>();
  for (const request of requests) {
    const {message, opens} = request;
    if (!opens || blocked.has(message.id) || opening.has(opens.id)) continue;
    opening.set(opens.id, request);
  }
  return opening;
}
