import {v5 as uuidv5} from 'uuid';
import type {NotificationStatus, NotificationType} from '../models';
import {
  InputCheck,
  isId,
  isNoLongerThan,
  isStorable,
  isUuid,
} from './input-rules';

/** What a user wants another to be told or asked. */
export interface NotificationDraft {
  /** A UUID; the server makes one when there is none. */
  id?: string;
  /** `del_friend` is told by the chat alone. */
  type: NotificationType;
  receiverId: string;
  /** Of an invitation: the group. */
  channelId?: string;
  remark?: string;
  ext?: string;
}

/** Who told whom what: the same id is the same notification. */
export type NotificationIdentity = Pick<
  NotificationDraft,
  'id' | 'type' | 'receiverId' | 'channelId'
> & {senderId: string};

/** Every status, in the order of their coming. */
export const NOTIFICATION_STATUSES: readonly NotificationStatus[] = [
  ...(['initial', 'received', 'read', 'fulfilled', 'rejected'] as const),
];

/** The statuses of what waits for an answer. */
export const OPEN_STATUSES = NOTIFICATION_STATUSES.slice(0, 3);

const USERS_TYPES: readonly NotificationType[] = [
  ...(['add_friend', 'group_invite', 'custom'] as const),
];
const MAX_REMARK_LENGTH = 500;
/** Of the keys by which two notifications of the same cannot wait. */
const NAMESPACE = '5c1c7f9e-0f6d-5a43-9d6b-3f1f0a7c2b94';

/** @throws ChatError CHAT_INPUT_INVALID with every problem of the draft */
export function checkNotification(
  senderId: string,
  draft: NotificationDraft,
  maxExtBytes: number,
): void {
  const {type, receiverId, channelId} = draft;
  const isInvitation = type === 'group_invite';
  const check = expectOther(
    new InputCheck(),
    senderId,
    receiverId,
    'receiverId',
  )
    .expect(
      USERS_TYPES.includes(type),
      'type',
      `must be one of ${USERS_TYPES.join(', ')}`,
    )
    .expect(
      isInvitation
        ? channelId !== undefined && isId(channelId)
        : channelId === undefined,
      'channelId',
      'must be the group of an invitation, and of nothing else',
    );
  expectContent(check, draft, maxExtBytes);
  check.conclude();
}

/** Notes what is wrong with whom a notification is for, who is named at `path`. */
export function expectOther(
  check: InputCheck,
  senderId: string,
  receiverId: string,
  path: string,
): InputCheck {
  return check
    .expect(isId(receiverId), path, 'must be an id of 1 to 64 characters')
    .expect(receiverId !== senderId, path, 'must be somebody else');
}

/** Notes what is wrong with what any notification has. */
export function expectContent(
  check: InputCheck,
  {id, remark, ext}: Pick<NotificationDraft, 'id' | 'remark' | 'ext'>,
  maxExtBytes: number,
): void {
  check
    .expect(id === undefined || isUuid(id), 'id', 'must be a UUID')
    .expect(
      remark === undefined ||
        (isNoLongerThan(remark, MAX_REMARK_LENGTH) && isStorable(remark)),
      'remark',
      `must be well-formed text of at most ${MAX_REMARK_LENGTH} characters`,
    )
    .expect(
      ext === undefined ||
        (Buffer.byteLength(ext) <= maxExtBytes && isStorable(ext)),
      'ext',
      `must be well-formed text of at most ${maxExtBytes} bytes`,
    );
}

/** Names the one request of two users that may wait, whoever made it. */
export function requestKey(userId: string, otherId: string): string {
  const pair = [userId, otherId].sort();
  return uuidv5(JSON.stringify(['add_friend', ...pair]), NAMESPACE);
}

/** Names the one invitation of a user to a group by another that may wait. */
export function invitationKey(
  groupId: string,
  inviterId: string,
  inviteeId: string,
): string {
  const parts = ['group_invite', groupId, inviterId, inviteeId];
  return uuidv5(JSON.stringify(parts), NAMESPACE);
}
