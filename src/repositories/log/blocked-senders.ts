import type {ContactRepository} from '../conversation.repositories';
import type {NewMessage} from './message-appender';

/** Finds the ids of those messages whose senders are blocked by `heardBy`. */
export async function findBlocked(
  contacts: ContactRepository,
  messages: readonly NewMessage[],
): Promise<ReadonlySet<string>> {
  const rows = await contacts.find({
    where: {
      ownerId: {inq: messages.map(({heardBy}) => heardBy ?? '')},
      contactId: {inq: messages.map(({createdBy}) => createdBy)},
      blocked: true,
    },
  });
  const blocks = new Set(
    rows.map(({ownerId, contactId}) => JSON.stringify([ownerId, contactId])),
  );
  const isBlocked = ({heardBy, createdBy}: NewMessage) =>
    blocks.has(JSON.stringify([heardBy, createdBy]));
  return new Set(messages.filter(isBlocked).map(({id}) => id));
}
