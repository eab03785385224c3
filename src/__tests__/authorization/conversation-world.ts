import {randomUUID} from 'crypto';
import {Readable} from 'stream';
import {ChatServiceBindings} from '../../keys';
import type {
  AttachmentFileRepository,
  ChannelMemberRepository,
  ChannelRepository,
  ContactRepository,
  MessageReactionRepository,
  MessageRepository,
  NotificationRepository,
} from '../../repositories';
import type {AttachmentStorage} from '../../storage';
import type {ChatApp} from '../fixtures/chat-app';
import {givenUserId} from '../fixtures/token';

/** Who has to do with a group, and who has not. */
const NAMES = [
  ...(['stranger', 'member', 'author', 'admin', 'owner'] as const),
  ...(['former', 'support', 'blocked', 'newcomer'] as const),
];

export type PersonName = (typeof NAMES)[number];

const ROLES = {
  member: 'member',
  author: 'member',
  admin: 'admin',
  owner: 'owner',
} as const;

/**
 * A group with a message of its author, and what lies between its people: the
 * author has asked the member something, and the member has the admin for a
 * friend.
 */
export class ConversationWorld {
  readonly groupId: string = randomUUID();
  readonly messageId = randomUUID();
  readonly requestId = randomUUID();
  readonly fileId = randomUUID();
  readonly text = `secret${randomUUID().replace(/-/g, '')}`;
  readonly name = `Group ${randomUUID()}`;
  private readonly ids = Object.fromEntries(
    NAMES.map(name => [name, this.prefix + givenUserId(name)]),
  );

  /** @param prefix - of all ids of people, where they are a tenant's */
  constructor(private readonly prefix = '') {}

  person(name: PersonName): string {
    return this.ids[name];
  }

  /** Of all that the world consists of. */
  get channelIds(): readonly string[] {
    return [this.groupId];
  }

  get channels(): readonly object[] {
    return [this.channel];
  }

  get messages(): readonly object[] {
    return [this.message];
  }

  get channel() {
    return {
      ...{id: this.groupId, type: 'group', name: this.name},
      ...{sizeClass: 'basic' as const, ownerId: this.person('owner')},
      ...{messageSeq: 1, changeSeq: 2, rosterChangeSeq: 2},
      ...{createdBy: this.person('owner'), createdOn: new Date()},
      activeOn: new Date(),
    };
  }

  get members() {
    return Object.entries(ROLES).map(([name, role]) => ({
      id: randomUUID(),
      channelId: this.groupId,
      channelType: 'group',
      userId: this.person(name as PersonName),
      role,
      createdOn: new Date(),
    }));
  }

  get message() {
    const by = this.person('author');
    const now = new Date();
    return {
      ...{id: this.messageId, channelId: this.groupId, channelType: 'group'},
      ...{body: this.text, seq: 1, changeSeq: 1, kind: 'text' as const},
      ...{createdBy: by, createdOn: now, modifiedBy: by, modifiedOn: now},
      ...{status: 0, deleted: false},
    };
  }

  /** What the author's message carries, with its bytes as the storage has them. */
  get file() {
    const {id: messageId, channelId, createdBy, createdOn} = this.message;
    return {
      ...{id: this.fileId, channelId, messageId, createdBy, createdOn},
      ...{fileKey: this.fileId, thumbnailKey: this.fileId, name: this.name},
      ...{mediaType: 'text/plain', size: this.text.length},
      ...{state: 'ready' as const, deleted: false},
    };
  }

  get request() {
    const now = new Date();
    return {
      ...{id: this.requestId, type: 'add_friend' as const},
      senderId: this.person('author'),
      receiverId: this.person('member'),
      ...{status: 'initial' as const, remark: this.text},
      ...{createdOn: now, modifiedOn: now},
    };
  }

  get contacts() {
    const pair = [this.person('member'), this.person('admin')];
    const now = new Date();
    return [pair, [...pair].reverse()].map(([ownerId, contactId]) => ({
      ...{id: randomUUID(), ownerId, contactId, isFriend: true},
      ...{remark: this.text, createdOn: now, modifiedOn: now},
    }));
  }
}

/** The tables of an app, past its API. */
export class ConversationTables {
  private constructor(
    private readonly channels: ChannelRepository,
    private readonly members: ChannelMemberRepository,
    private readonly messages: MessageRepository,
    private readonly reactions: MessageReactionRepository,
    private readonly notifications: NotificationRepository,
    private readonly contacts: ContactRepository,
    private readonly files: AttachmentFileRepository,
    private readonly storage: AttachmentStorage,
  ) {}

  static async of({app}: ChatApp): Promise<ConversationTables> {
    return new ConversationTables(
      await app.get('repositories.ChannelRepository'),
      await app.get('repositories.ChannelMemberRepository'),
      await app.get('repositories.MessageRepository'),
      await app.get('repositories.MessageReactionRepository'),
      await app.get('repositories.NotificationRepository'),
      await app.get('repositories.ContactRepository'),
      await app.get('repositories.AttachmentFileRepository'),
      await app.get(ChatServiceBindings.AttachmentStorage),
    );
  }

  /** Stores many worlds by one statement a table. */
  async fill(worlds: readonly ConversationWorld[]): Promise<void> {
    await this.channels.createAll(worlds.flatMap(world => world.channels));
    await this.members.createAll(worlds.flatMap(world => world.members));
    await this.messages.createAll(worlds.flatMap(world => world.messages));
    await this.notifications.createAll(worlds.map(world => world.request));
    await this.contacts.createAll(worlds.flatMap(world => world.contacts));
    await this.files.createAll(worlds.map(world => world.file));
    for (const {fileId, text} of worlds) {
      await this.storage.put(fileId, Readable.from([Buffer.from(text)]));
    }
  }

  /** Takes the worlds out again: some stores look through all there is. */
  async clear(worlds: readonly ConversationWorld[]): Promise<void> {
    const channelId = {inq: worlds.flatMap(world => [...world.channelIds])};
    await this.channels.deleteAll({id: channelId});
    await this.members.deleteAll({channelId});
    await this.messages.deleteAll({channelId});
    await this.reactions.deleteAll({channelId});
    await this.files.deleteAll({channelId});
    const people = worlds.flatMap(world =>
      NAMES.map(name => world.person(name)),
    );
    await this.notifications.deleteAll({senderId: {inq: people}});
    await this.contacts.deleteAll({ownerId: {inq: people}});
  }

  /** Reads all that belongs to a world. */
  async stateOf(world: ConversationWorld): Promise<unknown> {
    const channelId = {inq: [...world.channelIds]};
    const people = {inq: NAMES.map(name => world.person(name))};
    const rows = await Promise.all([
      this.channels.find({where: {id: channelId}, order: ['id ASC']}),
      this.members.find({where: {channelId}, order: ['id ASC']}),
      this.messages.find({where: {channelId}, order: ['id ASC']}),
      this.reactions.find({where: {channelId}, order: ['id ASC']}),
      this.notifications.find({
        where: {or: [{senderId: people}, {receiverId: people}]},
        order: ['id ASC'],
      }),
      this.contacts.find({where: {ownerId: people}, order: ['id ASC']}),
      this.files.find({where: {channelId}, order: ['id ASC']}),
    ]);
    return JSON.parse(JSON.stringify(rows));
  }
}
