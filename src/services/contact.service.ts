import {BindingScope, inject, injectable} from '@loopback/core';
import {ChatError} from '../errors';
import type {Contact} from '../models';
import type {ContactRepository} from '../repositories';
import type {ChatUser} from '../types';
import {isContact} from './contact-pair';
import type {ContactPairsService} from './contact-pairs.service';
import type {ContactRequestService} from './contact-request.service';
import {InputCheck, isId, isNoLongerThan, isStorable} from './input-rules';
import type {
  NotificationRowsService,
  NotifyOptions,
} from './notification-rows.service';
import {
  tokenToPlace,
  toLimit,
  placeToToken,
  type ListingQuery,
} from './listing-place';
import type {UserProfile} from './user-directory';
import {expectSameTenant} from './tenancy';
import type {UserDirectoryService} from './user-directory.service';

/** A friend, or somebody who is blocked, as their owner sees them. */
export interface ContactView {
  readonly userId: string;
  readonly isFriend: boolean;
  /** The owner's own name for them. */
  readonly remark?: string;
  readonly starred: boolean;
  readonly blocked: boolean;
  /** Absent when the host's directory does not know them. */
  readonly profile?: UserProfile;
  readonly createdOn: Date;
  readonly modifiedOn: Date;
}

/** What an owner may change of a contact. */
export interface ContactUpdate {
  /** Nothing or null takes it away. */
  remark?: string | null;
  starred?: boolean;
  blocked?: boolean;
}

/** Some of the contacts, and where there are more. */
export interface ContactPage {
  readonly contacts: ContactView[];
  readonly nextPageToken?: string;
}

const MAX_REMARK_LENGTH = 200;

/** A user's friends, and those whom the user has blocked. */
@injectable({scope: BindingScope.SINGLETON})
export class ContactService {
  constructor(
    @inject('repositories.ContactRepository')
    private readonly contacts: ContactRepository,
    @inject('chat.contactPairsService')
    private readonly pairs: ContactPairsService,
    @inject('chat.contactRequestService')
    private readonly requests: ContactRequestService,
    @inject('chat.notificationRowsService')
    private readonly notifications: NotificationRowsService,
    @inject('chat.userDirectoryService')
    private readonly directory: UserDirectoryService,
  ) {}

  /** @returns a page of the user's contacts, in the order of their ids */
  async find(
    user: ChatUser,
    {limit: asked, pageToken}: ListingQuery = {},
  ): Promise<ContactPage> {
    const limit = toLimit(asked);
    const [after] = pageToken === undefined ? [] : tokenToPlace(pageToken, 1);
    const rows = await this.contacts.find({
      where: {
        ownerId: user.id,
        or: [{isFriend: true}, {blocked: true}],
        ...(after !== undefined && {contactId: {gt: after}}),
      },
      order: ['contactId ASC'],
      limit: limit + 1,
    });
    const page = rows.slice(0, limit);
    const isMore = rows.length > limit;
    return {
      contacts: await this.withProfiles(user, page),
      ...(isMore && {nextPageToken: placeToToken([page[limit - 1].contactId])}),
    };
  }

  /** @throws ChatError CHAT_NOT_FOUND when the other is neither friend nor blocked */
  async findById(user: ChatUser, userId: string): Promise<ContactView> {
    const where = {ownerId: user.id, contactId: userId};
    const [row] = isId(userId) ? await this.contacts.find({where}) : [];
    if (!row || !isContact(row)) throw new ChatError('CHAT_NOT_FOUND');
    const [view] = await this.withProfiles(user, [row]);
    return view;
  }

  /**
   * Changes a contact. Anyone may be blocked, and unblocked again; what the one
   * who is blocked asks the user then is rejected.
   * @throws ChatError CHAT_INPUT_INVALID, CHAT_NOT_FOUND when the other is
   *   neither friend nor blocked, and nothing is said of blocking
   */
  async update(
    user: ChatUser,
    userId: string,
    update: ContactUpdate,
  ): Promise<ContactView> {
    expectOther(user, userId);
    checkUpdate(update);
    expectSameTenant(user, userId);
    const contact = await this.pairs.change(
      user.id,
      userId,
      async (pair, change) => {
        const {own} = pair;
        if (!isContact(own) && update.blocked === undefined) {
          throw new ChatError('CHAT_NOT_FOUND');
        }
        if (update.blocked && !own.blocked) {
          await this.requests.rejectOthers(pair, change);
        }
        apply(own, update);
        return own;
      },
    );
    return toView(contact);
  }

  /**
   * Ends a friendship on both sides, and tells the other. Who is blocked stays
   * so, and is a contact still.
   * @throws ChatError CHAT_NOT_FOUND when the other is neither friend nor blocked
   */
  async delete(
    user: ChatUser,
    userId: string,
    {origin}: NotifyOptions = {},
  ): Promise<void> {
    expectOther(user, userId);
    await this.pairs.change(user.id, userId, async (pair, change) => {
      if (!isContact(pair.own)) throw new ChatError('CHAT_NOT_FOUND');
      if (!pair.own.isFriend) return;
      pair.part();
      await this.notifications.insert(
        {type: 'del_friend', senderId: user.id, receiverId: userId},
        user,
        {change, origin},
      );
    });
  }

  private async withProfiles(
    user: ChatUser,
    rows: readonly Contact[],
  ): Promise<ContactView[]> {
    const ids = rows.map(({contactId}) => contactId);
    const profiles = await this.directory.findByIds(user, ids);
    return rows.map(row => toView(row, profiles.get(row.contactId)));
  }
}

function toView(row: Contact, profile?: UserProfile): ContactView {
  const {contactId, isFriend, remark, starred, blocked} = row;
  const {createdOn, modifiedOn} = row;
  return {
    ...{userId: contactId, isFriend, remark, starred, blocked},
    ...{profile, createdOn, modifiedOn},
  };
}

function expectOther(user: ChatUser, userId: string): void {
  if (!isId(userId) || userId === user.id)
    throw new ChatError('CHAT_NOT_FOUND');
}

function apply(own: Contact, {remark, starred, blocked}: ContactUpdate): void {
  own.blocked = blocked ?? own.blocked;
  // Of one who is no contact any more, nothing is kept.
  const isKept = isContact(own);
  const name = remark === undefined ? own.remark : remark;
  own.remark = isKept && name ? name : undefined;
  own.starred = isKept && (starred ?? own.starred);
}

function checkUpdate({remark}: ContactUpdate): void {
  new InputCheck()
    .expect(
      !remark ||
        (isNoLongerThan(remark, MAX_REMARK_LENGTH) && isStorable(remark)),
      'remark',
      `must be well-formed text of at most ${MAX_REMARK_LENGTH} characters`,
    )
    .conclude();
}
