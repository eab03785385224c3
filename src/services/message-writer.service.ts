import {BindingScope, inject, injectable} from '@loopback/core';
import {ChatInternalBindings, ChatServiceBindings} from '../keys';
import type {Message} from '../models';
import type {
  ChannelChange,
  MessageChanges,
  NumberedMessage,
  Row,
} from '../repositories';
import type {ChatUser} from '../types';
import type {ChatEvents} from './chat-events';
import type {MessageContent} from './message-draft';
import {messageEvent} from './message-event';
import {TOMBSTONE} from './tombstone';

/** What an edit changes of what a message says; the rest only marks it. */
const SAID = ['body', 'ext'] as const;
const MARKS = ['subject', 'status'] as const;

/**
 * Writes changes of stored messages within a change of their channels: each
 * gets a number of its own, in the order of `seq`, and is told of after commit.
 * Whether the user may is asked before.
 */
@injectable({scope: BindingScope.SINGLETON})
export class MessageWriterService {
  constructor(
    @inject(ChatInternalBindings.MessageChanges)
    private readonly changes: MessageChanges,
    @inject(ChatServiceBindings.Events) private readonly events: ChatEvents,
  ) {}

  /**
   * Sets what the messages say; what they said before is kept. One that says
   * so already does not change.
   * @returns those that changed, with their numbers
   */
  async edit(
    change: ChannelChange,
    user: ChatUser,
    messages: readonly Message[],
    content: MessageContent,
    origin?: string,
  ): Promise<NumberedMessage[]> {
    const edited = new Set(
      messages.filter(each => differs(each, content, SAID)),
    );
    const marked = new Set(
      messages.filter(each => differs(each, content, MARKS)),
    );
    const numbered = number(change, [...new Set([...edited, ...marked])]);
    const editions = numbered.filter(({message}) => edited.has(message));
    const markings = numbered.filter(({message}) => !edited.has(message));
    const properties = {...given(content), ...modification(change, user)};
    if (editions.length) {
      const editedOn = change.at;
      await this.changes.keep(change, editions);
      await this.changes.write(change, editions, {...properties, editedOn});
    }
    if (markings.length) {
      await this.changes.write(change, markings, properties);
    }
    for (const {message, changeSeq} of numbered) {
      const editedOn = edited.has(message) ? change.at : message.editedOn;
      const present = {...message, ...given(content), editedOn};
      const event = messageEvent(user, message, changeSeq, origin);
      this.announceEdit(change, event, present);
    }
    return numbered;
  }

  /** Sets which files a message carries besides its body. */
  async carry(
    change: ChannelChange,
    user: ChatUser,
    message: Message,
    attachmentIds: string[],
  ): Promise<void> {
    const numbered = number(change, [message]);
    await this.changes.write(change, numbered, {
      attachmentIds: attachmentIds.length ? attachmentIds : null,
      ...modification(change, user),
    });
    const [{changeSeq}] = numbered;
    const event = messageEvent(user, message, changeSeq);
    this.announceEdit(change, event, {...message, attachmentIds});
  }

  /**
   * Empties the messages, and takes away what belongs to them.
   * @returns them with their numbers
   */
  async remove(
    change: ChannelChange,
    user: ChatUser,
    messages: readonly Message[],
    origin?: string,
  ): Promise<NumberedMessage[]> {
    if (!messages.length) return [];
    const numbered = number(change, messages);
    await this.changes.strip(change, numbered, user.id);
    await this.changes.write(change, numbered, {
      ...TOMBSTONE,
      ...{deleted: true, deletedBy: user.id, deletedOn: change.at},
      ...modification(change, user),
    });
    for (const {message, changeSeq} of numbered) {
      const event = {
        ...messageEvent(user, message, changeSeq, origin),
        deletedOn: change.at,
      };
      change.announce(() => this.events.emit('message.deleted', event));
    }
    return numbered;
  }

  private announceEdit(
    change: ChannelChange,
    event: ReturnType<typeof messageEvent>,
    {kind, body, ext, subject, attachmentIds = [], editedOn}: PresentState,
  ): void {
    change.announce(() =>
      this.events.emit('message.edited', {
        ...event,
        ...{kind, body, attachmentIds, editedOn},
        ...{ext: ext ?? undefined, subject: subject ?? undefined},
      }),
    );
  }
}

/** What is told of a message that was edited. */
type PresentState = Pick<
  Message,
  'kind' | 'body' | 'attachmentIds' | 'editedOn'
> & {ext?: string | null; subject?: string | null};

function number(change: ChannelChange, messages: readonly Message[]) {
  return [...messages]
    .sort((a, b) => a.seq - b.seq)
    .map(message => ({
      id: message.id,
      changeSeq: change.nextChange(message.channelId),
      message,
    }));
}

function modification({at}: ChannelChange, {id}: ChatUser): Row {
  return {modifiedBy: id, modifiedOn: at};
}

function given(content: MessageContent): Row & Partial<Message> {
  const entries = Object.entries(content);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** What is emptied is as good as absent. */
function differs(
  message: Message,
  content: MessageContent,
  names: readonly (keyof MessageContent)[],
): boolean {
  return names.some(
    name =>
      content[name] !== undefined &&
      (content[name] ?? undefined) !== message[name],
  );
}
