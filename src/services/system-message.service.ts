import {BindingScope, inject, injectable} from '@loopback/core';
import {v7 as uuidv7} from 'uuid';
import {ChatServiceBindings} from '../keys';
import {Message, type MemberRole} from '../models';
import type {
  ChannelChange,
  MessageRepository,
  StoredMessage,
} from '../repositories';
import type {ChatUser} from '../types';
import type {ChatEvents} from './chat-events';

/** What a SYSTEM message tells, in its `ext` as JSON; its text says the same in English. */
export interface SystemNote {
  readonly event:
    | 'group.created'
    | 'group.renamed'
    | 'avatar.changed'
    | 'member.added'
    | 'member.removed'
    | 'member.left'
    | 'role.changed';
  /**
   * Whom it is about, the first ten of them; the sender of the message is who
   * did it.
   */
  readonly userIds?: readonly string[];
  /** How many it is about, where they are more than are named. */
  readonly userCount?: number;
  readonly role?: MemberRole;
  readonly name?: string;
}

/** Most users that are named; thousands would be more than `ext` holds. */
const MAX_NAMED = 10;

/** Writes the messages by which a channel tells what happened to it. */
@injectable({scope: BindingScope.SINGLETON})
export class SystemMessageService {
  constructor(
    @inject('repositories.MessageRepository')
    private readonly messages: MessageRepository,
    @inject(ChatServiceBindings.Events) private readonly events: ChatEvents,
  ) {}

  /** Writes a SYSTEM message as a part of a change; told after its commit. */
  async write(
    change: ChannelChange,
    channelId: string,
    actor: ChatUser,
    note: SystemNote,
  ): Promise<void> {
    const channelType = change.channel(channelId)?.type ?? '';
    const message = {
      id: uuidv7(),
      channelId,
      channelType,
      createdBy: actor.id,
      createdOn: change.at,
      modifiedBy: actor.id,
      modifiedOn: change.at,
      deleted: false,
      body: textOf(actor.id, note),
      kind: 'system' as const,
      ext: JSON.stringify(shortened(note)),
      status: 0,
      ...change.nextMessage(channelId),
    };
    await this.messages.create(new Message(message), change.options);
    change.announce(() =>
      this.events.emit('message.created', {
        message: message satisfies StoredMessage,
        sender: actor,
      }),
    );
  }
}

function shortened(note: SystemNote): SystemNote {
  const {userIds = []} = note;
  if (userIds.length <= MAX_NAMED) return note;
  return {
    ...note,
    userIds: userIds.slice(0, MAX_NAMED),
    userCount: userIds.length,
  };
}

/** Says in English what a note tells. */
export function textOf(
  actorId: string,
  {event, userIds = [], userCount, role, name}: SystemNote,
) {
  const [one = ''] = userIds;
  const more = (userCount ?? userIds.length) - MAX_NAMED;
  const all =
    userIds.slice(0, MAX_NAMED).join(', ') +
    (more > 0 ? ` and ${more} more` : '');
  switch (event) {
    case 'group.created':
      return `${actorId} created the group`;
    case 'group.renamed':
      return `${actorId} named the group ${name ?? ''}`;
    case 'avatar.changed':
      return `${actorId} changed the picture of the group`;
    case 'member.added':
      return `${actorId} added ${all}`;
    case 'member.removed':
      return `${actorId} removed ${all}`;
    case 'member.left':
      return `${actorId} left`;
    case 'role.changed':
      return `${actorId} made ${one} ${role ?? ''}`;
  }
}
