import type {ResolvedConfig} from '../config';
import {
  InputCheck,
  isId,
  isNoLongerThan,
  isStorable,
  isUuid,
} from './input-rules';

/** What a user wants to send; whoever sends is said apart from it. */
export interface MessageDraft {
  /** A UUID; the server makes one when there is none. */
  id?: string;
  body: string;
  /** The receiver of a `single` channel, or the first partner of a host's own. */
  toUserId?: string;
  channelId?: string;
  channelType?: string;
  subject?: string;
  ext?: string;
  status?: number;
  parentMessageId?: string;
}

const MAX_SUBJECT_LENGTH = 200;
const MAX_STATUS = 2 ** 31 - 1;

/** @throws ChatError CHAT_INPUT_INVALID with every problem of the draft */
export function checkDraft(
  senderId: string,
  draft: MessageDraft,
  {maxTextLength, maxExtBytes}: ResolvedConfig['messages'],
): void {
  const {id, body, toUserId, channelId, channelType} = draft;
  const {subject, ext, status, parentMessageId} = draft;
  const check = new InputCheck()
    .expect(
      body.length > 0 && isNoLongerThan(body, maxTextLength),
      'body',
      `must have 1 to ${maxTextLength} characters`,
    )
    .expect(isStorable(body), 'body', 'must be well-formed text without NUL')
    .expect(id === undefined || isUuid(id), 'id', 'must be a UUID')
    .expect(
      parentMessageId === undefined || isUuid(parentMessageId),
      'parentMessageId',
      'must be a UUID',
    );
  check
    .expect(
      toUserId !== undefined || channelId !== undefined,
      'toUserId',
      'must be given when there is no channelId',
    )
    .expect(
      toUserId === undefined || isId(toUserId),
      'toUserId',
      'must be an id of 1 to 64 characters',
    )
    .expect(toUserId !== senderId, 'toUserId', 'must be somebody else')
    .expect(
      channelId === undefined || isId(channelId),
      'channelId',
      'must be an id of 1 to 64 characters',
    )
    .expect(
      channelType === undefined || isId(channelType),
      'channelType',
      'must have 1 to 64 characters',
    );
  check
    .expect(
      subject === undefined ||
        (isNoLongerThan(subject, MAX_SUBJECT_LENGTH) && isStorable(subject)),
      'subject',
      `must be well-formed text of at most ${MAX_SUBJECT_LENGTH} characters`,
    )
    .expect(
      ext === undefined ||
        (Buffer.byteLength(ext) <= maxExtBytes && isStorable(ext)),
      'ext',
      `must be well-formed text of at most ${maxExtBytes} bytes`,
    )
    .expect(
      status === undefined ||
        (Number.isInteger(status) && Math.abs(status) <= MAX_STATUS),
      'status',
      'must be a 32-bit integer',
    )
    .conclude();
}
