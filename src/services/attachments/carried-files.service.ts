import {BindingScope, inject, injectable} from '@loopback/core';
import type {Count} from '@loopback/repository';
import {ChatError, invalidInput} from '../../errors';
import {ChatInternalBindings} from '../../keys';
import type {AttachmentFile, Message} from '../../models';
import {PermissionKey} from '../../permissions';
import type {
  AttachmentFileRepository,
  ChannelChange,
  ChannelLedger,
  ChannelMemberRepository,
  MessageRepository,
  SqlTransaction,
} from '../../repositories';
import type {ChatUser} from '../../types';
import type {MessageStandingService} from '../message-standing.service';
import type {MessageWriterService} from '../message-writer.service';

/** Bounds what each answer with the message brings along. */
const MAX_CARRIED = 1000;

const UNCARRIED = {messageId: null};

/** Deletes the row of a file if a condition holds. */
type RemoveFile = (isSo: object, tx?: SqlTransaction) => Promise<Count>;

/** Puts files under messages that are stored, and takes them away: each time a numbered change of the message. */
@injectable({scope: BindingScope.SINGLETON})
export class CarriedFilesService {
  constructor(
    @inject(ChatInternalBindings.ChannelLedger)
    private readonly ledger: ChannelLedger,
    @inject('repositories.AttachmentFileRepository')
    private readonly files: AttachmentFileRepository,
    @inject('repositories.MessageRepository')
    private readonly messages: MessageRepository,
    @inject('repositories.ChannelMemberRepository')
    private readonly members: ChannelMemberRepository,
    @inject('chat.messageStandingService')
    private readonly standing: MessageStandingService,
    @inject('chat.messageWriterService')
    private readonly writer: MessageWriterService,
  ) {}

  /**
   * Writes rows of new files, all or none; those of a message become part of it.
   * That the messages are the user's to add to was found before.
   * @throws ChatError CHAT_NOT_FOUND when a message or the user left meanwhile,
   *   CHAT_BLOCKED, CHAT_INPUT_INVALID when a message carries too many
   */
  async add(
    user: ChatUser,
    rows: readonly Partial<AttachmentFile>[],
  ): Promise<void> {
    const messageIds = [...new Set(rows.flatMap(row => row.messageId ?? []))];
    if (!messageIds.length) {
      await this.files.createAll([...rows]);
      return;
    }
    const channelIds = rows.flatMap(({channelId}) => channelId ?? []);
    await this.ledger.change(channelIds, async change => {
      const messages = await this.openTo(change, user, messageIds);
      const carried = messages.map(message => withMore(message, rows));
      await this.files.createAll([...rows], change.options);
      for (const [index, message] of messages.entries()) {
        await this.writer.carry(change, user, message, carried[index]);
      }
    });
  }

  /**
   * Deletes a file, and takes it out of the message that carries it. A message
   * that says nothing else is left as it is, and its members are told all the same.
   * @param remove - deletes the row if the condition holds, in the transaction
   *   where there is one
   * @returns how many rows it deleted
   */
  async drop(
    user: ChatUser,
    file: AttachmentFile,
    remove: RemoveFile,
  ): Promise<Count> {
    const {id} = file;
    if (file.messageId) return this.dropCarried(user, file, remove);
    const done = await remove(UNCARRIED);
    if (done.count) return done;
    // A message may have taken it meanwhile.
    const where = {id, deleted: false};
    const [taken] = await this.files.find({where, limit: 1});
    return taken?.messageId ? this.dropCarried(user, taken, remove) : done;
  }

  private async dropCarried(
    user: ChatUser,
    {id, messageId, channelId}: AttachmentFile,
    remove: RemoveFile,
  ): Promise<Count> {
    if (!channelId) return remove({});
    return this.ledger.change([channelId], async change => {
      const done = await remove({}, change.transaction);
      const where = {id: messageId, deleted: false};
      const [message] = await this.messages.find({where}, change.options);
      const {attachmentIds = [], body} = message ?? {};
      const isCarried = attachmentIds.includes(id) || body === id;
      if (message && done.count && isCarried) {
        const left = attachmentIds.filter(other => other !== id);
        await this.writer.carry(change, user, message, left);
      }
      return done;
    });
  }

  private async openTo(
    change: ChannelChange,
    user: ChatUser,
    ids: string[],
  ): Promise<Message[]> {
    const where = {id: {inq: ids}, deleted: false};
    const messages = await this.messages.find({where}, change.options);
    if (messages.length < ids.length) throw new ChatError('CHAT_NOT_FOUND');
    if (user.permissions.includes(PermissionKey.AdministerChat)) {
      return messages;
    }
    const channelIds = [...new Set(messages.map(({channelId}) => channelId))];
    const own = {userId: user.id, channelId: {inq: channelIds}};
    const {count} = await this.members.count(own, change.options);
    if (count < channelIds.length) throw new ChatError('CHAT_NOT_FOUND');
    const heard = await this.standing.heard(change, user, messages);
    if (heard.length < messages.length) throw new ChatError('CHAT_BLOCKED');
    return messages;
  }
}

/** The ids of the files that a message carries, with those that are added. */
function withMore(
  {id, attachmentIds = []}: Message,
  rows: readonly Partial<AttachmentFile>[],
): string[] {
  const added = rows.filter(row => row.messageId === id);
  const ids = [...attachmentIds, ...added.flatMap(row => row.id ?? [])];
  if (ids.length > MAX_CARRIED) {
    const problem = `carries more than ${MAX_CARRIED} files`;
    throw invalidInput('messageId', problem);
  }
  return ids;
}
