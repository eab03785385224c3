import {BindingScope, inject, injectable} from '@loopback/core';
import {ChatError} from '../errors';
import type {
  ContactRepository,
  MessageRepository,
  NewMessage,
  StoredMessage,
} from '../repositories';
import type {MessageTarget} from './message-target.service';

/** Says why a message was not stored. */
@injectable({scope: BindingScope.SINGLETON})
export class MessageRefusalService {
  constructor(
    @inject('repositories.MessageRepository')
    private readonly messages: MessageRepository,
    @inject('repositories.ContactRepository')
    private readonly contacts: ContactRepository,
  ) {}

  /**
   * @returns the message, when it was stored before its sender was refused;
   *   undefined when the sender is no member of the channel
   * @throws ChatError CHAT_FORBIDDEN, CHAT_BLOCKED
   */
  async explain(
    {id, createdBy}: NewMessage,
    {heardBy, isForbidden}: MessageTarget,
  ): Promise<StoredMessage | undefined> {
    if (heardBy === undefined) return undefined;
    const [known] = await this.messages.find({where: {id}});
    if (known) return known as unknown as StoredMessage;
    if (isForbidden) throw new ChatError('CHAT_FORBIDDEN');
    const block = {ownerId: heardBy, contactId: createdBy, blocked: true};
    if ((await this.contacts.count(block)).count) {
      throw new ChatError('CHAT_BLOCKED');
    }
    return undefined;
  }
}
