import {BindingScope, inject, injectable} from '@loopback/core';
import {ChatInternalBindings, ChatServiceBindings} from '../../keys';
import type {Message} from '../../models';
import type {
  ChannelChange,
  ChannelLedger,
  ChannelRepository,
  FoundMessage,
  MessageChanges,
  MessageRepository,
  NumberedMessage,
  Row,
  UserRows,
} from '../../repositories';
import type {ChatEvents} from '../chat-events';
import {erasedMessage, isOwn, MESSAGE_NAMES} from './erased-message';
import type {Erasure, ErasureStep} from './erasure';
import {inPages} from '../pages';

/** Messages to be known before any is changed: those of a channel go together. */
const MAX_GATHERED = 50_000;

/** A message, what is written into it, and the number of that change. */
interface Rewritten extends NumberedMessage {
  readonly message: Message;
  readonly properties: Row;
}

/**
 * Makes tombstones of a user's messages and takes the user out of those of
 * others. Each is a numbered change of its channel, so that all clients come to
 * forget. Deletions and new texts of the server are told as events; of another
 * change a client learns by the gap in the numbers.
 */
@injectable({scope: BindingScope.SINGLETON})
export class MessagesStep implements ErasureStep {
  constructor(
    @inject('chat.userRows') private readonly rows: UserRows,
    @inject('repositories.ChannelRepository')
    private readonly channels: ChannelRepository,
    @inject('repositories.MessageRepository')
    private readonly messages: MessageRepository,
    @inject(ChatInternalBindings.ChannelLedger)
    private readonly ledger: ChannelLedger,
    @inject(ChatInternalBindings.MessageChanges)
    private readonly changes: MessageChanges,
    @inject(ChatServiceBindings.Events) private readonly events: ChatEvents,
  ) {}

  async run(erasure: Erasure): Promise<number> {
    let count = 0;
    let found: FoundMessage[] = [];
    const pages = this.rows.messages(MESSAGE_NAMES, erasure.userId);
    for await (const page of pages) {
      found.push(...page);
      if (found.length < MAX_GATHERED) continue;
      count += await this.rewriteAll(found, erasure);
      found = [];
    }
    return count + (await this.rewriteAll(found, erasure));
  }

  private async rewriteAll(
    found: readonly FoundMessage[],
    erasure: Erasure,
  ): Promise<number> {
    let count = 0;
    const byChannel = new Map<string | undefined, string[]>();
    for (const {id, channelId} of found) {
      const ids = byChannel.get(channelId);
      if (ids) ids.push(id);
      else byChannel.set(channelId, [id]);
    }
    for (const [channelId, ids] of byChannel) {
      for (const page of inPages(ids)) {
        count += await this.rewrite(channelId, page, erasure);
      }
    }
    return count;
  }

  /** @param channelId - undefined for rows of the predecessor that have none */
  private async rewrite(
    channelId: string | undefined,
    ids: string[],
    erasure: Erasure,
  ): Promise<number> {
    const channelIds = channelId === undefined ? [] : [channelId];
    return this.ledger.change(channelIds, async change => {
      const filter = {where: {id: {inq: ids}}, order: ['seq ASC']};
      const stored = await this.messages.find(filter, change.options);
      const isNumbered = await this.hasRow(change, channelId);
      const rewritten = stored.flatMap((message): Rewritten[] => {
        const properties = erasedMessage(message, erasure, change.at);
        if (!properties) return [];
        const changeSeq = isNumbered
          ? change.nextChange(message.channelId)
          : message.changeSeq;
        return [{id: message.id, changeSeq, message, properties}];
      });
      await this.write(change, rewritten, erasure);
      for (const one of rewritten) this.announce(change, one, erasure);
      return rewritten.length;
    });
  }

  private async hasRow(
    {options}: ChannelChange,
    id: string | undefined,
  ): Promise<boolean> {
    if (id === undefined) return false;
    return (await this.channels.count({id}, options)).count > 0;
  }

  private async write(
    change: ChannelChange,
    rewritten: readonly Rewritten[],
    {userId, alias}: Erasure,
  ): Promise<void> {
    const own = rewritten.filter(({message}) => isOwn(message, userId));
    if (own.length) await this.changes.strip(change, own, alias);
    const alike = new Map<string, Rewritten[]>();
    for (const one of rewritten) {
      const key = JSON.stringify(one.properties);
      alike.set(key, [...(alike.get(key) ?? []), one]);
    }
    for (const group of alike.values()) {
      await this.changes.write(change, group, group[0].properties);
    }
  }

  private announce(
    change: ChannelChange,
    {message, properties, changeSeq}: Rewritten,
    {alias}: Erasure,
  ): void {
    const {id: messageId, channelId, channelType, editedOn} = message;
    const about = {channelId, channelType, changeSeq, messageId};
    const actorId = alias;
    if (properties.deleted) {
      const deletedOn = change.at;
      change.announce(() =>
        this.events.emit('message.deleted', {...about, actorId, deletedOn}),
      );
    } else if (message.kind === 'system' && properties.body !== undefined) {
      const {body, ext} = properties as {body: string; ext: string | null};
      change.announce(() =>
        this.events.emit('message.edited', {
          ...{...about, actorId, kind: message.kind, body, editedOn},
          attachmentIds: message.attachmentIds ?? [],
          ...(ext !== null && {ext}),
        }),
      );
    }
  }
}
