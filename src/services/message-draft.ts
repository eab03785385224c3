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

/** What a message says; null stands for what a change empties. */
export interface MessageContent {
  body?: string | null;
  subject?: string | null;
  ext?: string | null;
  status?: number | null;
}

type Limits = Pick<ResolvedConfig['messages'], 'maxTextLength' | 'maxExtBytes'>;

/** @throws ChatError CHAT_INPUT_INVALID with every problem of the draft */
export function checkDraft(
  senderId: string,
  draft: MessageDraft,
  limits: Limits,
): void {
  const check = new InputCheck();
  expectContent(check, {...draft, body: draft.body ?? null}, limits);
  expectAddress(check, senderId, draft);
  check.conclude();
}

/** @throws ChatError CHAT_INPUT_INVALID with every problem of a change */
export function checkContent(content: MessageContent, limits: Limits): void {
  const check = new InputCheck();
  expectContent(check, content, limits);
  check.conclude();
}

function expectContent(
  check: InputCheck,
  {body, subject, ext, status}: MessageContent,
  {maxTextLength, maxExtBytes}: Limits,
): void {
  check
    .expect(
      body === undefined ||
        (!!body && isNoLongerThan(body, maxTextLength) && isStorable(body)),
      'body',
      `must be well-formed text of 1 to ${maxTextLength} characters`,
    )
    .expect(
      isAbsent(subject) ||
        (isNoLongerThan(subject, MAX_SUBJECT_LENGTH) && isStorable(subject)),
      'subject',
      `must be well-formed text of at most ${MAX_SUBJECT_LENGTH} characters`,
    )
    .expect(
      isAbsent(ext) ||
        (Buffer.byteLength(ext) <= maxExtBytes && isStorable(ext)),
      'ext',
      `must be well-formed text of at most ${maxExtBytes} bytes`,
    )
    .expect(
      isAbsent(status) ||
        (Number.isInteger(status) && Math.abs(status) <= MAX_STATUS),
      'status',
      'must be a 32-bit integer',
    );
}

function expectAddress(
  check: InputCheck,
  senderId: string,
  {id, toUserId, channelId, channelType, parentMessageId}: MessageDraft,
): void {
  check
    .expect(id === undefined || isUuid(id), 'id', 'must be a UUID')
    .expect(
      parentMessageId === undefined || isUuid(parentMessageId),
      'parentMessageId',
      'must be a UUID',
    )
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
}

function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}
