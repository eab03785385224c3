import type {PermissionKey} from '../../permissions';
import {asking} from '../fixtures/checked-client';
import {
  adds,
  addsTo,
  changes,
  changesAll,
  counts,
  EMPTY,
  FORBIDDEN,
  NOTHING,
  removes,
  removesAll,
  sees,
  UNSEEN,
  type Outcome,
} from './outcome';
import {UPLOAD_OPERATIONS} from './upload-operations';
import type {World} from './world';

/** Who has every permission that the operation asks for. */
export const INSIDERS = [
  ...(['stranger', 'member', 'sender', 'recipient', 'admin'] as const),
];

export type Insider = (typeof INSIDERS)[number];

/** One row of the matrix: how an operation is asked for, and what each actor gets. */
export interface OperationRow {
  /** Each of them alone allows the operation. */
  readonly keys: readonly PermissionKey[];
  readonly request: (world: World) => Request;
  /** In the order of {@link INSIDERS}. */
  readonly outcomes: readonly [Outcome, Outcome, Outcome, Outcome, Outcome];
}

/** Method, path and body. */
type Request = readonly [string, string, object?];

/** What requests change a row to. */
export const NEW_VALUES = {
  messages: {body: 'Another private text'},
  recipients: {isFavorite: true},
  files: {fileKey: 'private/other'},
};
const {messages: TEXT, recipients: FLAG, files: KEY} = NEW_VALUES;

const here = ({channelIds}: World) => ({channelId: {inq: channelIds}});
const found = (path: string, world: World) =>
  asking(path, {filter: {where: here(world)}});
const selected = (path: string, world: World) =>
  asking(path, {where: here(world)});

const FILE = '/attach-files';
const RECIPIENT = '/message-recipients';
const MESSAGE = '/messages';
const replies = (w: World) => `${MESSAGE}/${w.id('target')}/messages`;
const flags = (w: World) => `${MESSAGE}/${w.id('target')}${RECIPIENT}`;
const message = (w: World) => `${MESSAGE}/${w.id('target')}`;
const recipient = (w: World) => `${RECIPIENT}/${w.id('flags')}`;
const file = (w: World) => `${FILE}/${w.id('file')}`;
const newFile = (w: World) => ({messageId: w.id('target'), ...KEY});
const newRecipient = (w: World) => ({recipientId: w.user('reader')});

const THREAD = sees('ownReply', 'othersReply');
const TALK = sees('target', 'others', 'ownReply', 'othersReply');
const ALL_TALK = sees('target', 'others', 'ownReply', 'othersReply', 'foreign');
const TARGET_FLAGS = sees('flags', 'selfMadeFlags');
const FLAGS = sees('flags', 'selfMadeFlags', 'sendersFlags');
const ALL_FLAGS = sees(
  ...(['flags', 'selfMadeFlags', 'sendersFlags', 'foreignFlags'] as const),
);
const FILES = sees('file', 'othersFile');
const ALL_FILES = sees('file', 'othersFile', 'foreignFile');

/** A message goes with what belongs to it. */
const WITH_ALL_OF_IT = removes('target', 'flags', 'selfMadeFlags', 'file');

/** Sending is a member's, also where an administrator may read. */
const SENT = adds(1);

const VIEW: PermissionKey[] = ['ViewMessage', '1'];
const CREATE: PermissionKey[] = ['CreateMessage', '2'];
const UPDATE: PermissionKey[] = ['UpdateMessage', '3'];
const DELETE: PermissionKey[] = ['DeleteMessage', '4'];
const CREATE_RECIPIENT: PermissionKey[] = ['CreateMessageRecipient', '5'];
const VIEW_RECIPIENT: PermissionKey[] = ['ViewMessageRecipient', '6'];
const UPDATE_RECIPIENT: PermissionKey[] = ['UpdateMessageRecipient', '7'];
const DELETE_RECIPIENT: PermissionKey[] = ['DeleteMessageRecipient', '8'];
const VIEW_FILE: PermissionKey[] = ['ViewAttachmentFile'];
const CREATE_FILE: PermissionKey[] = ['CreateAttachmentFile'];
const UPDATE_FILE: PermissionKey[] = ['UpdateAttachmentFile'];
const DELETE_FILE: PermissionKey[] = ['DeleteAttachmentFile'];

const row = (
  keys: readonly PermissionKey[],
  request: OperationRow['request'],
  ...outcomes: OperationRow['outcomes']
): OperationRow => ({keys, request, outcomes});

/** Outcomes are of the stranger, member, sender, recipient and administrator. */
// prettier-ignore
export const OPERATIONS: Readonly<Record<string, OperationRow>> = {
  ...UPLOAD_OPERATIONS,
  'MessageController.create': row(CREATE,
    w => ['POST', MESSAGE, {channelId: w.channelId, ...TEXT}],
    UNSEEN, SENT, SENT, SENT, UNSEEN),
  'MessageController.count': row(VIEW,
    w => ['GET', selected(`${MESSAGE}/count`, w)],
    NOTHING, counts(4), counts(4), counts(4), counts(5)),
  'MessageController.find': row(VIEW,
    w => ['GET', found(MESSAGE, w)],
    EMPTY, TALK, TALK, TALK, ALL_TALK),
  'MessageController.updateAll': row(UPDATE,
    w => ['PATCH', selected(MESSAGE, w), TEXT],
    NOTHING, changesAll('others', 'othersReply'), changesAll('target', 'ownReply'), NOTHING,
    changesAll('target', 'others', 'ownReply', 'othersReply', 'foreign')),
  'MessageController.findById': row(VIEW,
    w => ['GET', message(w)],
    UNSEEN, sees('target'), sees('target'), sees('target'), sees('target')),
  'MessageController.updateById': row(UPDATE,
    w => ['PATCH', message(w), TEXT],
    UNSEEN, FORBIDDEN, changes('target'), FORBIDDEN, changes('target')),
  'MessageController.replaceById': row(UPDATE,
    w => ['PUT', message(w), TEXT],
    UNSEEN, FORBIDDEN, changes('target'), FORBIDDEN, changes('target')),
  'MessageController.deleteById': row(DELETE,
    w => ['DELETE', message(w)],
    UNSEEN, FORBIDDEN, WITH_ALL_OF_IT, FORBIDDEN, WITH_ALL_OF_IT),

  'MessageMessageController.find': row(VIEW,
    w => ['GET', replies(w)],
    UNSEEN, THREAD, THREAD, THREAD, THREAD),
  'MessageMessageController.create': row(CREATE,
    w => ['POST', replies(w), TEXT],
    UNSEEN, SENT, SENT, SENT, UNSEEN),
  'MessageMessageController.patch': row(UPDATE,
    w => ['PATCH', replies(w), TEXT],
    UNSEEN, changesAll('othersReply'), changesAll('ownReply'), NOTHING, changesAll('ownReply', 'othersReply')),
  'MessageMessageController.delete': row(DELETE,
    w => ['DELETE', replies(w)],
    UNSEEN, removesAll('othersReply'), removesAll('ownReply'), NOTHING, removesAll('ownReply', 'othersReply')),

  'MessageMessageRecipientController.find': row(VIEW_RECIPIENT,
    w => ['GET', flags(w)],
    UNSEEN, TARGET_FLAGS, TARGET_FLAGS, TARGET_FLAGS, TARGET_FLAGS),
  'MessageMessageRecipientController.create': row(CREATE_RECIPIENT,
    w => ['POST', flags(w), newRecipient(w)],
    UNSEEN, FORBIDDEN, adds(1), FORBIDDEN, adds(1)),
  'MessageMessageRecipientController.patch': row(UPDATE_RECIPIENT,
    w => ['PATCH', flags(w), FLAG],
    UNSEEN, changesAll('selfMadeFlags'), NOTHING, changesAll('flags'), changesAll('flags', 'selfMadeFlags')),
  'MessageMessageRecipientController.delete': row(DELETE_RECIPIENT,
    w => ['DELETE', flags(w)],
    UNSEEN, NOTHING, removesAll('flags', 'selfMadeFlags'), NOTHING, removesAll('flags', 'selfMadeFlags')),

  'MessageRecipientController.create': row(CREATE_RECIPIENT,
    w => ['POST', RECIPIENT, {messageId: w.id('target'), ...newRecipient(w)}],
    UNSEEN, FORBIDDEN, adds(1), FORBIDDEN, adds(1)),
  'MessageRecipientController.count': row(VIEW_RECIPIENT,
    w => ['GET', selected(`${RECIPIENT}/count`, w)],
    NOTHING, counts(3), counts(3), counts(3), counts(4)),
  'MessageRecipientController.find': row(VIEW_RECIPIENT,
    w => ['GET', found(RECIPIENT, w)],
    EMPTY, FLAGS, FLAGS, FLAGS, ALL_FLAGS),
  'MessageRecipientController.updateAll': row(UPDATE_RECIPIENT,
    w => ['PATCH', selected(RECIPIENT, w), FLAG],
    NOTHING, changesAll('selfMadeFlags'), changesAll('sendersFlags'), changesAll('flags'),
    changesAll('flags', 'selfMadeFlags', 'sendersFlags', 'foreignFlags')),
  'MessageRecipientController.findById': row(VIEW_RECIPIENT,
    w => ['GET', recipient(w)],
    UNSEEN, sees('flags'), sees('flags'), sees('flags'), sees('flags')),
  'MessageRecipientController.updateById': row(UPDATE_RECIPIENT,
    w => ['PATCH', recipient(w), FLAG],
    UNSEEN, FORBIDDEN, FORBIDDEN, changes('flags'), changes('flags')),
  'MessageRecipientController.replaceById': row(UPDATE_RECIPIENT,
    w => ['PUT', recipient(w), FLAG],
    UNSEEN, FORBIDDEN, FORBIDDEN, changes('flags'), changes('flags')),
  'MessageRecipientController.deleteById': row(DELETE_RECIPIENT,
    w => ['DELETE', recipient(w)],
    UNSEEN, FORBIDDEN, removes('flags'), FORBIDDEN, removes('flags')),
  'MessageRecipientMessageController.getMessage': row(VIEW,
    w => ['GET', `${recipient(w)}/message`],
    UNSEEN, sees('target'), sees('target'), sees('target'), sees('target')),

  'AttachmentFileController.create': row(CREATE_FILE,
    w => ['POST', FILE, newFile(w)],
    UNSEEN, FORBIDDEN, addsTo('target', 1), FORBIDDEN, addsTo('target', 1)),
  'AttachmentFileController.createBulk': row(CREATE_FILE,
    w => ['POST', `${FILE}/bulk`, {attachmentFiles: [newFile(w), newFile(w)]}],
    UNSEEN, FORBIDDEN, addsTo('target', 2), FORBIDDEN, addsTo('target', 2)),
  'AttachmentFileController.count': row(VIEW_FILE,
    w => ['GET', selected(`${FILE}/count`, w)],
    NOTHING, counts(2), counts(2), counts(2), counts(3)),
  'AttachmentFileController.find': row(VIEW_FILE,
    w => ['GET', found(FILE, w)],
    EMPTY, FILES, FILES, FILES, ALL_FILES),
  'AttachmentFileController.updateAll': row(UPDATE_FILE,
    w => ['PATCH', selected(FILE, w), KEY],
    NOTHING, changesAll('othersFile'), changesAll('file'), NOTHING, changesAll('file', 'othersFile', 'foreignFile')),
  'AttachmentFileController.findById': row(VIEW_FILE,
    w => ['GET', file(w)],
    UNSEEN, sees('file'), sees('file'), sees('file'), sees('file')),
  'AttachmentFileController.updateById': row(UPDATE_FILE,
    w => ['PATCH', file(w), KEY],
    UNSEEN, FORBIDDEN, changes('file'), FORBIDDEN, changes('file')),
  'AttachmentFileController.replaceById': row(UPDATE_FILE,
    w => ['PUT', file(w), KEY],
    UNSEEN, FORBIDDEN, changes('file'), FORBIDDEN, changes('file')),
  'AttachmentFileController.deleteById': row(DELETE_FILE,
    w => ['DELETE', file(w)],
    UNSEEN, FORBIDDEN, removes('file'), FORBIDDEN, removes('file')),
};
