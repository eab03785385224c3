import {BindingScope, inject, injectable} from '@loopback/core';
import type {Where} from '@loopback/repository';
import {v7 as uuidv7} from 'uuid';
import type {ResolvedConfig} from '../../config';
import {ChatError, invalidInput} from '../../errors';
import {ChatInternalBindings, ChatServiceBindings} from '../../keys';
import {AttachmentFile} from '../../models';
import type {AttachmentFileRepository} from '../../repositories';
import {newStorageKey, type AttachmentStorage} from '../../storage';
import type {ChatUser} from '../../types';
import type {ChatEvents} from '../chat-events';
import type {AttachmentPlace} from './attachment-place.service';
import type {AttachmentScanner} from './attachment-scanner';
import type {CarriedFilesService} from './carried-files.service';
import {FileIntake} from './file-intake';
import {fileNameOf} from './file-name';
import type {IncomingFile, UploadForm} from './upload-form';
import type {UploadPlaceService} from './upload-place.service';
import type {UploadTurn, UploadTurns} from './upload-turns';
import {within} from '../within';

const STOP_TIMEOUT_MS = 3000;

/** What is known of a file whose bytes are stored, and no more. */
type StoredFacts = Required<
  Pick<AttachmentFile, 'fileKey' | 'name' | 'mediaType' | 'size' | 'sha256'>
>;

/** Rows may have been written, or not. */
class UnknownOutcomeError extends ChatError {}

/** Takes files in: their bytes go to the storage, then their rows are written. */
@injectable({scope: BindingScope.SINGLETON})
export class AttachmentUploadService {
  private readonly underway = new Map<UploadForm, Promise<unknown>>();
  private isStopped = false;

  constructor(
    @inject(ChatInternalBindings.Config)
    private readonly config: Pick<ResolvedConfig, 'attachments'>,
    @inject(ChatServiceBindings.AttachmentStorage)
    private readonly storage: AttachmentStorage,
    @inject('repositories.AttachmentFileRepository')
    private readonly files: AttachmentFileRepository,
    @inject('chat.uploadPlaceService')
    private readonly places: UploadPlaceService,
    @inject('chat.carriedFilesService')
    private readonly carried: CarriedFilesService,
    @inject('chat.uploadTurns') private readonly turns: UploadTurns,
    @inject(ChatServiceBindings.Events) private readonly events: ChatEvents,
    @inject(ChatServiceBindings.AttachmentScanner, {optional: true})
    private readonly scanner?: AttachmentScanner,
  ) {}

  /**
   * Stores all files of a form, or none: what a failure leaves is removed. Who
   * may not put them there is refused before the first of their bytes.
   * @returns the rows in the order of the files
   * @throws ChatError CHAT_INPUT_INVALID, CHAT_NOT_FOUND, CHAT_FORBIDDEN,
   *   CHAT_BLOCKED, CHAT_TOO_LARGE, CHAT_TYPE_REFUSED, CHAT_RATE_LIMITED,
   *   CHAT_UNAVAILABLE
   */
  async upload(user: ChatUser, form: UploadForm): Promise<AttachmentFile[]> {
    if (this.isStopped) throw new ChatError('CHAT_UNAVAILABLE');
    const turn = this.turns.enter(user.id);
    const receiving = this.receive(user, form, turn);
    this.underway.set(form, receiving);
    try {
      return await receiving;
    } finally {
      this.underway.delete(form);
    }
  }

  /** Takes uploads, after a stop again. */
  start(): void {
    this.isStopped = false;
  }

  /** Ends every upload that still waits for bytes, and waits for what that takes. */
  async stop(): Promise<void> {
    this.isStopped = true;
    const reason = new ChatError('CHAT_UNAVAILABLE');
    for (const form of this.underway.keys()) form.fail(reason);
    const ending = Promise.allSettled(this.underway.values());
    // What a storage does not remove in time is found by the sweeper.
    await within(STOP_TIMEOUT_MS, ending).catch(() => undefined);
  }

  private async receive(
    user: ChatUser,
    form: UploadForm,
    turn: UploadTurn,
  ): Promise<AttachmentFile[]> {
    let isKept = false;
    try {
      const place = await this.places.find(user, await form.fields());
      await turn.open();
      const rows = await this.store(user, place, form, turn);
      isKept = true;
      for (const file of rows) this.events.emit('attachment.stored', {file});
      return rows;
    } finally {
      form.discard();
      turn.leave(isKept);
    }
  }

  private async store(
    user: ChatUser,
    place: AttachmentPlace,
    form: UploadForm,
    turn: UploadTurn,
  ): Promise<AttachmentFile[]> {
    const stored: StoredFacts[] = [];
    try {
      for await (const file of form.files()) {
        stored.push(await this.take(file, turn));
      }
      if (!stored.length) throw invalidInput('file', 'is missing');
      return await this.write(
        user,
        stored.map(facts => this.toRow(user, place, facts)),
      );
    } catch (err) {
      if (err instanceof UnknownOutcomeError) throw err;
      await Promise.all(stored.map(({fileKey}) => this.remove(fileKey)));
      throw form.failure ?? err;
    }
  }

  private async take(
    {field, name: said, bytes}: IncomingFile,
    turn: UploadTurn,
  ): Promise<StoredFacts> {
    if (field !== 'file')
      throw invalidInput('file', 'must be the name of files');
    const name = fileNameOf(said);
    const {maxBytes, mediaTypes} = this.config.attachments;
    const charge = (count: number) => turn.charge(count);
    const intake = new FileIntake(bytes, {maxBytes, mediaTypes, charge});
    const mediaType = await intake.begin();
    const fileKey = newStorageKey();
    try {
      await this.storage.put(fileKey, intake.stream(mediaType), {mediaType});
    } catch (err) {
      await this.remove(fileKey);
      throw intake.failure ?? new ChatError('CHAT_UNAVAILABLE', {cause: err});
    }
    const {size} = intake;
    return {fileKey, name, mediaType, size, sha256: intake.sha256()};
  }

  private toRow(
    user: ChatUser,
    place: AttachmentPlace,
    facts: StoredFacts,
  ): AttachmentFile {
    const now = new Date();
    return new AttachmentFile({
      id: uuidv7(),
      ...place,
      ...facts,
      state: this.scanner ? 'quarantined' : 'ready',
      ...(place.messageId && {linkedOn: now}),
      createdBy: user.id,
      createdOn: now,
      modifiedBy: user.id,
      modifiedOn: now,
      deleted: false,
    });
  }

  /** All of them or none. */
  private async write(
    user: ChatUser,
    rows: AttachmentFile[],
  ): Promise<AttachmentFile[]> {
    try {
      await this.carried.add(user, rows);
      return rows;
    } catch (err) {
      // It may have been written, and only its answer lost.
      const written = {id: {inq: rows.map(({id}) => id)}};
      // Of those of a message its members have been told.
      if (rows[0].messageId && (await this.mayBeThere(written))) return rows;
      await this.files.deleteAll(written).catch(() => undefined);
      throw err;
    }
  }

  /**
   * @throws UnknownOutcomeError when that cannot be told: their bytes are left, and
   *   swept if there are no rows
   */
  private async mayBeThere(where: Where<AttachmentFile>): Promise<boolean> {
    try {
      return (await this.files.count(where)).count > 0;
    } catch (err) {
      throw new UnknownOutcomeError('CHAT_UNAVAILABLE', {cause: err});
    }
  }

  /** What cannot be removed now is found by the sweeper: no row has its key. */
  private async remove(fileKey: string): Promise<void> {
    await this.storage.remove(fileKey).catch(() => undefined);
  }
}
