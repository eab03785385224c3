import {randomUUID} from 'crypto';
import type {
  AttachmentFileRepository,
  ChannelMemberRepository,
  ChannelRepository,
  MessageRecipientRepository,
  MessageRepository,
} from '../../repositories';
import type {ChatApp} from '../fixtures/chat-app';
import {givenUserId} from '../fixtures/token';

/** Who is there: four members of a channel, and three who are not. */
const USER_NAMES = [
  ...(['sender', 'recipient', 'member', 'reader'] as const),
  ...(['stranger', 'admin', 'outsider'] as const),
];
const MEMBERS = ['sender', 'recipient', 'member', 'reader'] as const;

export type UserName = (typeof USER_NAMES)[number];

/** Message → who wrote it, and the message that it answers. */
const MESSAGES = {
  target: ['sender'],
  others: ['member'],
  ownReply: ['sender', 'target'],
  othersReply: ['member', 'target'],
  removed: ['sender', 'target'],
  foreign: ['outsider'],
} as const;

/** Row → the message it is of, whose flags it has, who made it. */
const RECIPIENTS = {
  flags: ['target', 'recipient', 'sender'],
  selfMadeFlags: ['target', 'member', 'member'],
  sendersFlags: ['others', 'sender', 'member'],
  removedFlags: ['target', 'sender', 'sender'],
  foreignFlags: ['foreign', 'outsider', 'outsider'],
} as const;

/** File → the message it is of, and who noted it. */
const FILES = {
  file: ['target', 'sender'],
  othersFile: ['others', 'member'],
  removedFile: ['target', 'sender'],
  foreignFile: ['foreign', 'outsider'],
} as const;

export type RowName =
  keyof typeof MESSAGES | keyof typeof RECIPIENTS | keyof typeof FILES;

const ROW_NAMES = [MESSAGES, RECIPIENTS, FILES].flatMap(Object.keys);

/** A row as it is stored, by property. */
export type StoredRow = Readonly<Record<string, unknown>>;

/** Two channels with the same in them; the second is the outsider's alone. */
export class World {
  readonly channelId = this.prefix + givenUserId('task');
  readonly foreignChannelId = this.prefix + givenUserId('task');
  private readonly users = mapped(
    USER_NAMES,
    name => this.prefix + givenUserId(name),
  );
  private readonly ids = mapped(ROW_NAMES, () => randomUUID());

  /** @param prefix - of all ids that are a tenant's */
  constructor(private readonly prefix = '') {}

  user(name: UserName): string {
    return this.users[name];
  }

  id(name: RowName): string {
    return this.ids[name];
  }

  get channelIds(): string[] {
    return [this.channelId, this.foreignChannelId];
  }

  get channels() {
    return this.channelIds.map((id, index) => ({
      id,
      type: 'task',
      messageSeq: index ? 1 : 5,
      changeSeq: index ? 1 : 5,
      createdOn: new Date(),
    }));
  }

  get members() {
    const inside = MEMBERS.map(name => [this.channelId, this.users[name]]);
    const pairs = [...inside, [this.foreignChannelId, this.users.outsider]];
    return pairs.map(([channelId, userId]) => ({
      id: randomUUID(),
      channelId,
      userId,
      channelType: 'task',
      createdOn: new Date(),
    }));
  }

  get messages() {
    return Object.entries(MESSAGES).map(([name, [author, parent]], index) => ({
      ...this.row(name, author),
      channelType: 'task',
      body: `A private text, ${name}`,
      seq: name === 'foreign' ? 1 : index + 1,
      changeSeq: name === 'foreign' ? 1 : index + 1,
      status: 0,
      kind: 'text' as const,
      parentMessageId: parent && this.ids[parent],
    }));
  }

  get recipients() {
    return Object.entries(RECIPIENTS).map(([name, [message, user, maker]]) => ({
      ...this.row(name, maker),
      messageId: this.ids[message],
      recipientId: this.users[user],
      isRead: false,
      isFavorite: false,
      isForwarded: false,
    }));
  }

  get files() {
    return Object.entries(FILES).map(([name, [message, uploader]]) => ({
      ...this.row(name, uploader),
      messageId: this.ids[message],
      fileKey: `private/${name}`,
    }));
  }

  private row(name: string, maker: UserName) {
    const now = new Date();
    const isForeign = name.startsWith('foreign');
    return {
      id: this.ids[name],
      channelId: isForeign ? this.foreignChannelId : this.channelId,
      createdBy: this.users[maker],
      createdOn: now,
      modifiedBy: this.users[maker],
      modifiedOn: now,
      deleted: name.startsWith('removed'),
    };
  }
}

function mapped<V>(
  names: readonly string[],
  toValue: (name: string) => V,
): Record<string, V> {
  return Object.fromEntries(names.map(name => [name, toValue(name)]));
}

/** The tables of an app, past its API. */
export class Tables {
  private constructor(
    private readonly channels: ChannelRepository,
    private readonly members: ChannelMemberRepository,
    private readonly messages: MessageRepository,
    private readonly recipients: MessageRecipientRepository,
    private readonly files: AttachmentFileRepository,
  ) {}

  static async of({app}: ChatApp): Promise<Tables> {
    return new Tables(
      await app.get('repositories.ChannelRepository'),
      await app.get('repositories.ChannelMemberRepository'),
      await app.get('repositories.MessageRepository'),
      await app.get('repositories.MessageRecipientRepository'),
      await app.get('repositories.AttachmentFileRepository'),
    );
  }

  /** Stores many worlds by one statement a table. */
  async fill(worlds: readonly World[]): Promise<void> {
    await this.channels.createAll(worlds.flatMap(world => world.channels));
    await this.members.createAll(worlds.flatMap(world => world.members));
    await this.messages.createAll(worlds.flatMap(world => world.messages));
    await this.recipients.createAll(worlds.flatMap(world => world.recipients));
    await this.files.createAll(worlds.flatMap(world => world.files));
  }

  /** Takes the worlds out again: some stores look through all there is. */
  async clear(worlds: readonly World[]): Promise<void> {
    const ids = {inq: worlds.flatMap(world => world.channelIds)};
    await this.channels.deleteAll({id: ids});
    for (const table of [
      this.members,
      this.messages,
      this.recipients,
      this.files,
    ]) {
      await (table as ChannelMemberRepository).deleteAll({channelId: ids});
    }
  }

  /** Points a row at another one, as no request could. */
  async tie(
    id: string,
    change: {parentMessageId: string} | {messageId: string},
  ) {
    if ('parentMessageId' in change) {
      await this.messages.updateAll(change, {id});
      return;
    }
    await this.recipients.updateAll(change, {id});
    await this.files.updateAll(change, {id});
  }

  /** Reads all that is stored in the channels, deleted rows too, by id. */
  async rowsOf(channelIds: string[]): Promise<Map<string, StoredRow>> {
    const where = {channelId: {inq: channelIds}};
    const rows = await Promise.all([
      this.messages.find({where}),
      this.recipients.find({where}),
      this.files.find({where}),
    ]);
    return new Map(rows.flat().map(row => [row.id, withoutBlanks(row)]));
  }
}

/** An absent value is absent, whether or not the ORM names it. */
function withoutBlanks(row: object): StoredRow {
  const said = Object.entries(row).filter(([, value]) => value !== undefined);
  return Object.fromEntries(said);
}
