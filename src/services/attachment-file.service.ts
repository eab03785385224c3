import {BindingScope, inject, injectable} from '@loopback/core';
import type {Count} from '@loopback/repository';
import {v7 as uuidv7} from 'uuid';
import {AttachmentFile} from '../models';
import {ChatInternalBindings} from '../keys';
import type {RowSource} from '../repositories';
import type {ChatUser} from '../types';
import type {AttachmentPlaceService} from './attachments/attachment-place.service';
import type {CarriedFilesService} from './attachments/carried-files.service';
import {InputCheck, isStorable} from './input-rules';
import {deletionBy, OwnedRowsService} from './owned-rows.service';
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
    @inject('chat.attachmentPlaceService')
    private readonly places: AttachmentPlaceService,
    @inject('chat.carriedFilesService')
    private readonly carried: CarriedFilesService,
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
    await this.carried.add(user, [row]);
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
    await this.carried.add(user, rows);
    return rows.map(row => new AttachmentFile(row));
  }

  async updateById(
    user: ChatUser,
    id: string,
    data: Partial<AttachmentFile>,
  ): Promise<void> {
    const row = await this.findById(user, id);
    await super.updateById(user, id, withoutKeyOf(row, data));
  }

  async replaceById(
    user: ChatUser,
    id: string,
    data: Partial<AttachmentFile>,
  ): Promise<void> {
    const row = await this.findById(user, id);
    if (!row.state) return super.replaceById(user, id, data);
    const emptied = {metaData: null} as unknown as Partial<AttachmentFile>;
    const change = {...emptied, ...withoutKeyOf(row, data)};
    await super.updateById(user, id, change);
  }

  /** Of a file that a message carries the members are told. */
  async deleteById(user: ChatUser, id: string): Promise<void> {
    const row = await this.findById(user, id);
    const done = await this.carried.drop(user, row, (isSo, tx) => {
      const selected = [{id: row.id}, isSo];
      const query = this.queryOf(user, selected, this.deletable(user));
      return this.writeTo(user, query, deletionBy(user), tx);
    });
    await this.expectDone(user, row.id, done);
  }

  /** The key of a stored file leads to its bytes: no user points it at others. */
  protected async write(
    user: ChatUser,
    change: object,
    selected: (object | undefined)[],
    owned: object,
  ): Promise<Count> {
    const isOfHost = 'fileKey' in change ? [{state: null}] : [];
    return super.write(user, change, [...selected, ...isOfHost], owned);
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
    const places = await this.places.placesFor(user, drafts);
    return drafts.map((draft, index) => ({
      id: uuidv7(),
      ...places[index],
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
}

/** That a stored file has the key that it has may be told. */
function withoutKeyOf(
  {state, fileKey: known}: AttachmentFile,
  {fileKey, ...data}: Partial<AttachmentFile>,
): Partial<AttachmentFile> {
  const isSaid = fileKey !== undefined && !(state && fileKey === known);
  return isSaid ? {fileKey, ...data} : data;
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
