import {BindingScope, inject, injectable} from '@loopback/core';
import {v7 as uuidv7} from 'uuid';
import {ChatError, invalidInput} from '../errors';
import {AttachmentFile, Message} from '../models';
import {ChatInternalBindings} from '../keys';
import type {
  AttachmentFileRepository,
  ChannelMemberRepository,
  RowSource,
} from '../repositories';
import type {ChatUser} from '../types';
import {InputCheck, isId, isStorable, isUuid} from './input-rules';
import {OwnedRowsService} from './owned-rows.service';
import {RowReaderService} from './row-reader.service';
import {RowVisibilityService} from './row-visibility.service';

/** Bounds the rows that one request makes. */
const MAX_BULK = 100;
const MAX_KEY_LENGTH = 200;
const MAX_META_BYTES = 16_384;
/** MariaDB takes some thirty levels. */
const MAX_META_DEPTH = 20;

/** What is known of files that a host keeps in its own storage. */
@injectable({scope: BindingScope.SINGLETON})
export class AttachmentFileService extends OwnedRowsService<AttachmentFile> {
  protected readonly mutable = ['fileKey', 'metaData'] as const;

  constructor(
    @inject('chat.rowReaderService') reader: RowReaderService,
    @inject('chat.rowVisibilityService') visibility: RowVisibilityService,
    @inject(ChatInternalBindings.RowSource) rows: RowSource,
    @inject('repositories.AttachmentFileRepository')
    private readonly files: AttachmentFileRepository,
    @inject('repositories.ChannelMemberRepository')
    private readonly members: ChannelMemberRepository,
  ) {
    super(AttachmentFile, reader, visibility, rows);
  }

  /**
   * Notes a file of the user's: of one of their messages, of a channel of
   * theirs, or of none yet.
   * @throws ChatError CHAT_NOT_FOUND, CHAT_FORBIDDEN, CHAT_INPUT_INVALID
   */
  async create(
    user: ChatUser,
    draft: Partial<AttachmentFile>,
  ): Promise<AttachmentFile> {
    const [row] = await this.toRows(user, [draft]);
    await this.files.create(row);
    return new AttachmentFile(row);
  }

  /** Notes many files in one statement: all of them or, when one is wrong, none. */
  async createBulk(
    user: ChatUser,
    drafts: Partial<AttachmentFile>[],
  ): Promise<AttachmentFile[]> {
    new InputCheck()
      .expect(
        drafts.length > 0 && drafts.length <= MAX_BULK,
        'attachmentFiles',
        `must have 1 to ${MAX_BULK} entries`,
      )
      .conclude();
    const rows = await this.toRows(user, drafts);
    await this.files.createAll(rows);
    return rows.map(row => new AttachmentFile(row));
  }

  protected changeable(user: ChatUser): object {
    return {createdBy: user.id};
  }

  protected deletable(user: ChatUser): object {
    return {createdBy: user.id};
  }

  protected complete(
    _user: ChatUser,
    change: Partial<AttachmentFile>,
  ): Partial<AttachmentFile> {
    const {fileKey, metaData} = change;
    new InputCheck()
      .expect(
        !fileKey || (fileKey.length <= MAX_KEY_LENGTH && isStorable(fileKey)),
        'fileKey',
        `must be well-formed text of at most ${MAX_KEY_LENGTH} characters`,
      )
      .expect(
        !metaData || isStorableJson(metaData),
        'metaData',
        `must be an object of at most ${MAX_META_BYTES} bytes`,
      )
      .conclude();
    return change;
  }

  private async toRows(
    user: ChatUser,
    drafts: Partial<AttachmentFile>[],
  ): Promise<Partial<AttachmentFile>[]> {
    const now = new Date();
    const placeOf = await this.placesFor(user, drafts);
    return drafts.map(draft => ({
      id: uuidv7(),
      ...placeOf(draft),
      ...this.complete(user, {
        fileKey: draft.fileKey,
        metaData: draft.metaData,
      }),
      createdBy: user.id,
      createdOn: now,
      modifiedBy: user.id,
      modifiedOn: now,
      deleted: false,
    }));
  }

  /** Looks up at once what all the drafts name. */
  private async placesFor(
    user: ChatUser,
    drafts: Partial<AttachmentFile>[],
  ): Promise<(draft: Partial<AttachmentFile>) => Place> {
    const isLifted = this.visibility.viewerOf(user) === 'administrator';
    const channelIds = drafts.flatMap(({channelId}) => channelId ?? []);
    const messageIds = drafts.flatMap(({messageId}) => messageId ?? []);
    if (!channelIds.every(isId) || !messageIds.every(isUuid)) {
      throw new ChatError('CHAT_NOT_FOUND');
    }
    const open = new Set(
      isLifted ? channelIds : await this.members.thoseOf(user.id, channelIds),
    );
    const messages = await this.messagesById(user, messageIds);
    return ({channelId, messageId}) => {
      if (!messageId) return placeInChannel(channelId, open);
      const message = messages.get(messageId.toLowerCase());
      if (!message) throw new ChatError('CHAT_NOT_FOUND');
      if (!isLifted && message.createdBy !== user.id) {
        throw new ChatError('CHAT_FORBIDDEN');
      }
      if (channelId && channelId !== message.channelId) {
        throw invalidInput('channelId', 'must be the channel of the message');
      }
      return {channelId: message.channelId, messageId: message.id};
    };
  }

  private async messagesById(
    user: ChatUser,
    ids: string[],
  ): Promise<Map<string, Message>> {
    if (!ids.length) return new Map();
    const where = {id: {inq: ids}};
    const filter = {where, limit: MAX_BULK};
    const messages = await this.reader.find(user, Message, filter);
    return new Map(messages.map(message => [message.id, message]));
  }
}

/** Where a file belongs. */
type Place = Pick<Partial<AttachmentFile>, 'channelId' | 'messageId'>;

function placeInChannel(
  channelId: string | undefined,
  open: ReadonlySet<string>,
): Place {
  if (!channelId) return {};
  if (!open.has(channelId)) throw new ChatError('CHAT_NOT_FOUND');
  return {channelId};
}

function depthOf(value: unknown, limit = MAX_META_DEPTH): number {
  if (typeof value !== 'object' || value === null || limit < 0) return 0;
  const depths = Object.values(value).map(one => depthOf(one, limit - 1));
  return 1 + Math.max(0, ...depths);
}

function isStorableJson(value: object): boolean {
  if (depthOf(value) > MAX_META_DEPTH) return false;
  const text = JSON.stringify(value);
  // A column of JSON takes no NUL, which the text has escaped.
  return (
    Buffer.byteLength(text) <= MAX_META_BYTES &&
    isStorable(text) &&
    !/\\u(0000|d[89a-f])/i.test(text)
  );
}
