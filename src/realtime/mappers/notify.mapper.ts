import {invalidInput} from '../../errors';
import {NotifyStatus, NotifyType, type WireNotify} from '../../protocol';
import type {ChatEventMap, NotificationDraft} from '../../services';
import {said} from './said';

type Notification = ChatEventMap['notification.created']['notification'];

const TYPES: Record<Notification['type'], number> = {
  add_friend: NotifyType.ADD_FRIEND,
  del_friend: NotifyType.DEL_FRIEND,
  group_invite: NotifyType.GROUP_INVITE,
  custom: NotifyType.CUSTOM,
};

const STATUSES: Record<Notification['status'], number> = {
  initial: NotifyStatus.INITIAL,
  received: NotifyStatus.RECEIVED,
  read: NotifyStatus.READ,
  fulfilled: NotifyStatus.FULFILLED,
  rejected: NotifyStatus.REJECTED,
};

/** Makes the frame of a notification as it stands. */
export function toWireNotify(
  notification: Notification,
  sender: {id: string; account?: string} = {id: notification.senderId},
): WireNotify {
  const {id, type, receiverId, status, remark, ext, channelId} = notification;
  return {
    id,
    type: TYPES[type],
    sender: {id: sender.id, account: sender.account},
    receiver: receiverId,
    status: STATUSES[status],
    remark,
    ext,
    channelId,
  };
}

/** Takes from a frame what a client may say. @throws ChatError CHAT_INPUT_INVALID */
export function toNotificationDraft(frame: WireNotify): NotificationDraft {
  return {
    id: said(frame.id),
    type: nameOf(TYPES, frame.type, 'type'),
    receiverId: frame.receiver ?? '',
    remark: frame.remark,
    ext: frame.ext,
    channelId: said(frame.channelId),
  };
}

/** Names a status by its number. @throws ChatError CHAT_INPUT_INVALID */
export function toStatus(status: number): Notification['status'] {
  return nameOf(STATUSES, status, 'status');
}

function nameOf<N extends string>(
  numbers: Record<N, number>,
  number: number | undefined,
  path: string,
): N {
  const entries = Object.entries(numbers) as [N, number][];
  const found = entries.find(([, value]) => value === number);
  if (!found) throw invalidInput(path, 'is none of the known ones');
  return found[0];
}
