import {BindingScope, inject, injectable} from '@loopback/core';
import {ChatError} from '../../errors';
import type {AttachmentFile} from '../../models';
import {
  retrying,
  type AttachmentFileRepository,
  type MessageRepository,
  type NewMessage,
  type StoredMessage,
} from '../../repositories';
import {isUuid} from '../input-rules';

/** What is known of a file that no message carries. */
const UNLINKED = {
  messageId: null,
  linkedOn: null,
} as unknown as Partial<AttachmentFile>;

/** Kinds of message whose body may be the id of a file. */
const FILE_KINDS = ['image', 'video', 'audio', 'file'];

/** Puts files under the message that carries them: each under one, for good. */
@injectable({scope: BindingScope.SINGLETON})
export class AttachmentLinkService {
  constructor(
    @inject('repositories.AttachmentFileRepository')
    private readonly files: AttachmentFileRepository,
    @inject('repositories.MessageRepository')
    private readonly messages: MessageRepository,
  ) {}

  /**
   * Claims the files that a message carries, before it is stored. A process that
   * ends in between leaves files that are swept, unless the message is sent again.
   * @returns undefined when there are none
   * @throws ChatError CHAT_ATTACHMENT_NOT_LINKABLE when one of the files is not
   *   the sender's, of another channel, or carried by another message
   */
  claim(message: NewMessage): Promise<void> | undefined {
    const ids = carriedBy(message);
    return ids.length ? this.claimAll(message, ids) : undefined;
  }

  /**
   * Stores a message whose files are claimed, and lets go of those that the
   * stored message does not carry: all of them when there is none.
   */
  whileClaimed(
    message: NewMessage,
    store: () => Promise<StoredMessage | undefined>,
  ): Promise<StoredMessage | undefined> {
    const ids = carriedBy(message);
    return ids.length ? this.linked(message, ids, store) : store();
  }

  private async claimAll(message: NewMessage, ids: string[]): Promise<void> {
    try {
      await this.link(message, ids);
    } catch (err) {
      await this.releaseUnlessStored(message, ids);
      throw err;
    }
  }

  private async linked(
    message: NewMessage,
    ids: string[],
    store: () => Promise<StoredMessage | undefined>,
  ): Promise<StoredMessage | undefined> {
    try {
      const stored = await store();
      await this.release(message, ids, stored);
      if (stored) await this.settle(message, stored);
      return stored;
    } catch (err) {
      await this.releaseUnlessStored(message, ids);
      throw err;
    }
  }

  private async link(message: NewMessage, ids: string[]): Promise<void> {
    const {id: messageId, channelId, createdBy} = message;
    // No more than what is taken back when the message is not stored.
    const link = {messageId, linkedOn: new Date()};
    const isFree = [
      oneOf('messageId', null, messageId),
      oneOf('channelId', null, channelId),
      // A file of the host's own has no state.
      oneOf('state', null, 'ready', 'quarantined'),
    ];
    const where = {id: {inq: ids}, createdBy, deleted: false, and: isFree};
    const {count} = await retrying(() => this.files.updateAll(link, where));
    if (count < ids.length) throw new ChatError('CHAT_ATTACHMENT_NOT_LINKABLE');
  }

  /**
   * A file of the host's own may have been of no channel so far; and the same
   * message, sent twice at once, may have let go of what it carries after all.
   */
  private async settle(
    {id, channelId, createdBy}: NewMessage,
    stored: Carrier,
  ): Promise<void> {
    const isUnsettled = [
      oneOf('messageId', null, id),
      oneOf('channelId', null, channelId),
      {or: [{messageId: null}, {channelId: null}]},
    ];
    const ids = carriedBy(stored);
    if (!ids.length) return;
    const own = {id: {inq: ids}, createdBy, deleted: false};
    const link = {messageId: id, channelId, linkedOn: new Date()};
    await this.files.updateAll(link, {...own, and: isUnsettled});
  }

  /** Whether a commit that was not answered took place, the store knows. */
  private async releaseUnlessStored(
    message: NewMessage,
    ids: string[],
  ): Promise<void> {
    try {
      const [stored] = await this.messages.find({where: {id: message.id}});
      await this.release(message, ids, stored);
    } catch {
      // Why the message was not stored matters more; the sweep does the rest.
    }
  }

  /** Lets go of the files that are not carried by what is stored. */
  private async release(
    {id: messageId, createdBy}: NewMessage,
    ids: string[],
    stored?: Carrier,
  ): Promise<void> {
    const kept = stored ? carriedBy(stored) : [];
    const free = ids.filter(id => !kept.includes(id));
    if (!free.length) return;
    // The id may be of another's message, which keeps what it has.
    const isClaimed = {id: {inq: free}, messageId, createdBy};
    await this.files.updateAll(UNLINKED, isClaimed);
  }
}

/** What of a message names files. */
type Carrier = Pick<NewMessage, 'kind' | 'body' | 'attachmentIds'>;

/** The ids of the files that a message carries. */
function carriedBy({kind, body, attachmentIds = []}: Carrier): string[] {
  const isFile = FILE_KINDS.includes(kind) && isUuid(body);
  return [
    ...new Set([...(isFile ? [body.toLowerCase()] : []), ...attachmentIds]),
  ];
}

function oneOf(property: string, ...values: unknown[]): object {
  return {or: values.map(value => ({[property]: value}))};
}
