import {v5 as uuidv5} from 'uuid';

const NAMESPACE = '0d3c8a1e-52f4-5b6d-8e17-94c2b7a6f035';

/** Makes the id of a user's recipient row of a message: one row for the two. */
export function recipientRowId(messageId: string, userId: string): string {
  return uuidv5(JSON.stringify([messageId, userId]), NAMESPACE);
}
