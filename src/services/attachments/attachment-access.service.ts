import {BindingScope, inject, injectable} from '@loopback/core';
import {ChatError} from '../../errors';
import type {AttachmentFile, Message} from '../../models';
import type {
  AttachmentFileRepository,
  ChannelMemberRepository,
  MessageRepository,
} from '../../repositories';
import type {ChatUser} from '../../types';
import {isUuid} from '../input-rules';
import type {RowVisibilityService} from '../row-visibility.service';

/** Knows who may have which of the stored files. */
@injectable({scope: BindingScope.SINGLETON})
export class AttachmentAccessService {
  constructor(
    @inject('repositories.AttachmentFileRepository')
    private readonly files: AttachmentFileRepository,
    @inject('repositories.MessageRepository')
    private readonly messages: MessageRepository,
    @inject('repositories.ChannelMemberRepository')
    private readonly members: ChannelMemberRepository,
    @inject('chat.rowVisibilityService')
    private readonly visibility: RowVisibilityService,
  ) {}

  /**
   * Gives a stored file that the user may have, whatever its state: the
   * uploader's own until a message carries it, then the members' of its channel.
   * @param signal - has nothing more be looked up: nobody waits any longer
   * @throws ChatError CHAT_NOT_FOUND, or what the signal was aborted with
   */
  async findFor(
    user: ChatUser,
    id: string,
    signal?: AbortSignal,
  ): Promise<AttachmentFile> {
    const file = await this.findStored(id);
    signal?.throwIfAborted();
    const isOpen = !file.deleted && (await this.isOpenTo(user, file, signal));
    if (!isOpen) throw new ChatError('CHAT_NOT_FOUND');
    return file;
  }

  /**
   * Gives a stored file, or one that was: whoever asks has been allowed to.
   * @throws ChatError CHAT_NOT_FOUND
   */
  async findStored(id: string): Promise<AttachmentFile> {
    if (!isUuid(id)) throw new ChatError('CHAT_NOT_FOUND');
    const where = {id: id.toLowerCase()};
    const [file] = await this.files.find({where});
    // Without a state it is the host's own, of which we have no bytes.
    if (!file?.state) throw new ChatError('CHAT_NOT_FOUND');
    return file;
  }

  private async isOpenTo(
    user: ChatUser,
    {messageId, channelId, createdBy}: AttachmentFile,
    signal?: AbortSignal,
  ): Promise<boolean> {
    const message = messageId && (await this.findMessage(messageId));
    signal?.throwIfAborted();
    // Files are claimed before their message is stored, which may yet fail.
    if (!message) return createdBy === user.id;
    if (message.deleted) return false;
    if (message.channelId !== channelId) return false;
    if (this.visibility.viewerOf(user) === 'administrator') return true;
    return this.members.isMember(channelId, user.id);
  }

  private async findMessage(id: string): Promise<Message | undefined> {
    const fields = ['id', 'channelId', 'deleted'] as (keyof Message)[];
    const [message] = await this.messages.find({where: {id}, fields});
    return message;
  }
}
