import {BindingScope, inject, injectable} from '@loopback/core';
import type {ResolvedConfig} from '../config';
import {ChatError, invalidInput} from '../errors';
import {ChatInternalBindings} from '../keys';
import type {Notification, NotificationStatus} from '../models';
import {hasPermission} from '../permissions';
import type {ChatUser} from '../types';
import type {ContactPairsService} from './contact-pairs.service';
import type {ContactRequestService} from './contact-request.service';
import {InputCheck, isId} from './input-rules';
import type {InvitationAcceptor} from './invitation-acceptor';
import {
  checkNotification,
  expectContent,
  invitationKey,
  NOTIFICATION_STATUSES,
  type NotificationDraft,
} from './notification-draft';
import type {NotificationPage} from './notification-page';
import {
  isFinal,
  type NotificationRowsService,
  type NotifyOptions,
} from './notification-rows.service';
import type {ListingQuery} from './listing-place';
import {expectTimer} from './sender-clock';
import {expectSameTenant} from './tenancy';
import type {UserDirectoryService} from './user-directory.service';

/** Which of a user's notifications are listed. */
export interface NotificationQuery extends ListingQuery {
  /** All of them unless said. */
  readonly status?: readonly NotificationStatus[];
  /** Those that the user sent, instead of those received. */
  readonly sent?: boolean;
}

/** What a host has to tell a user. */
export type CustomNotification = Pick<
  NotificationDraft,
  'id' | 'remark' | 'ext'
>;

/** Tells and asks users, and takes how far it came with them. */
@injectable({scope: BindingScope.SINGLETON})
export class NotificationService {
  constructor(
    @inject(ChatInternalBindings.Config)
    private readonly config: ResolvedConfig,
    @inject('chat.notificationRowsService')
    private readonly rows: NotificationRowsService,
    @inject('chat.contactRequestService')
    private readonly requests: ContactRequestService,
    @inject('chat.contactPairsService')
    private readonly pairs: ContactPairsService,
    @inject('chat.userDirectoryService')
    private readonly directory: UserDirectoryService,
    @inject('chat.groupService', {optional: true})
    private readonly groups?: InvitationAcceptor,
  ) {}

  /**
   * Tells or asks another user on behalf of one. The same id again gives the
   * notification that is stored; so does an invitation while it waits.
   * @throws ChatError CHAT_INPUT_INVALID, CHAT_BLOCKED, CHAT_FORBIDDEN and
   *   CHAT_NOT_FOUND when the user may not, CHAT_CONFLICT when the id is another's
   */
  async notify(
    sender: ChatUser,
    draft: NotificationDraft,
    options: NotifyOptions = {},
  ): Promise<Notification> {
    checkNotification(sender.id, draft, this.config.messages.maxExtBytes);
    expectTimer(options.timer);
    const {id, type, receiverId, channelId, remark, ext} = draft;
    expectSameTenant(sender, receiverId);
    if (type === 'add_friend') {
      this.expectMayBefriend(sender);
      const request = {id, userId: receiverId, remark, ext};
      return this.requests.request(sender, request, options);
    }
    const senderId = sender.id;
    const openKey = channelId && invitationKey(channelId, senderId, receiverId);
    const identity = {id, type, senderId, receiverId, channelId};
    const row = {...identity, openKey, remark, ext};
    return this.rows.once(row, async () => {
      await this.expectMayNotify(sender, draft);
      return this.pairs.change(sender.id, receiverId, async (pair, change) => {
        if (pair.others.blocked) throw new ChatError('CHAT_BLOCKED');
        const open =
          openKey === undefined
            ? undefined
            : await this.rows.findOpen(openKey, change);
        return open ?? this.rows.insert(row, sender, {change, ...options});
      });
    });
  }

  /**
   * Tells a user something of the host's own, which nobody can block.
   * @param sender - a user, or a name of the host's such as `system`
   * @throws ChatError CHAT_INPUT_INVALID, CHAT_CONFLICT when the id is another's
   */
  async notifyCustom(
    sender: ChatUser | string,
    receiverId: string,
    notification: CustomNotification = {},
    {origin}: NotifyOptions = {},
  ): Promise<Notification> {
    const user =
      typeof sender === 'string' ? {id: sender, permissions: []} : sender;
    const {id, remark, ext} = notification;
    const draft = {id, receiverId, remark, ext};
    const problem = 'must be an id of 1 to 64 characters';
    const check = new InputCheck()
      .expect(isId(user.id), 'senderId', problem)
      .expect(isId(receiverId), 'receiverId', problem);
    expectContent(check, draft, this.config.messages.maxExtBytes);
    check.conclude();
    const row = {...draft, type: 'custom' as const, senderId: user.id};
    return this.rows.once(row, () => this.rows.insert(row, user, {origin}));
  }

  /**
   * @returns a page of what the user received or sent, the newest first
   * @throws ChatError CHAT_INPUT_INVALID
   */
  async find(
    user: ChatUser,
    {status, sent, ...page}: NotificationQuery = {},
  ): Promise<NotificationPage> {
    status?.forEach(expectStatus);
    const isOwn = sent ? {senderId: user.id} : {receiverId: user.id};
    const chosen = status && {status: {inq: [...new Set(status)]}};
    return this.rows.find({...isOwn, ...chosen}, page);
  }

  /** @throws ChatError CHAT_NOT_FOUND unless the user sent or received it */
  async findById(user: ChatUser, id: string): Promise<Notification> {
    return this.rows.findById(user, id);
  }

  /**
   * Moves a notification that the user received forward, and does what follows
   * from its answer: `fulfilled` makes friends, or the user a member. A status
   * that it has passed changes nothing.
   * @returns the notification as it stands
   * @throws ChatError CHAT_NOT_FOUND, CHAT_FORBIDDEN to the sender,
   *   CHAT_CONFLICT when it was answered otherwise; what befriending or joining
   *   throws
   */
  async advance(
    user: ChatUser,
    id: string,
    status: NotificationStatus,
    options: NotifyOptions = {},
  ): Promise<Notification> {
    expectStatus(status);
    const row = await this.rows.findById(user, id);
    if (row.receiverId !== user.id) throw new ChatError('CHAT_FORBIDDEN');
    if (isFinal(row.status)) return this.rows.unmoved(row, status);
    if (status === 'fulfilled' && row.type === 'add_friend') {
      this.expectMayBefriend(user);
      return this.requests.accept(user, id, options);
    }
    const moved =
      status === 'fulfilled' && row.type === 'group_invite'
        ? await this.join(user, row, options)
        : await this.rows.move(row, status, options);
    return moved ?? this.rows.unmoved(row, status);
  }

  /** @returns undefined when the invitation was answered meanwhile */
  private async join(
    user: ChatUser,
    row: Notification,
    {origin}: NotifyOptions,
  ): Promise<Notification | undefined> {
    const {channelId = '', senderId} = row;
    const outcome: {hasRun: boolean; moved?: Notification} = {hasRun: false};
    try {
      await this.expectGroups().acceptInvitation(
        user,
        channelId,
        senderId,
        async change => {
          outcome.hasRun = true;
          outcome.moved = await this.rows.move(row, 'fulfilled', {
            change,
            origin,
          });
          // Whoever has rejected does not join.
          if (!outcome.moved) throw new ChatError('CHAT_CONFLICT');
        },
      );
    } catch (err) {
      if (outcome.hasRun && !outcome.moved) return undefined;
      throw err;
    }
    if (outcome.hasRun) return outcome.moved;
    return this.rows.move(row, 'fulfilled', {origin});
  }

  private async expectMayNotify(
    sender: ChatUser,
    {type, channelId = '', receiverId}: NotificationDraft,
  ): Promise<void> {
    if (type === 'group_invite') {
      await this.expectGroups().expectMayInvite(sender, channelId);
    } else if (!(await this.directory.mayMessage(sender, receiverId))) {
      throw new ChatError('CHAT_FORBIDDEN');
    }
  }

  /** As by the operations of contact requests, or one key would do for both. */
  private expectMayBefriend(user: ChatUser): void {
    if (this.config.useCustomSequence) return;
    if (hasPermission(user.permissions, 'createContact')) return;
    throw new ChatError('CHAT_FORBIDDEN');
  }

  private expectGroups(): InvitationAcceptor {
    if (!this.groups) throw new ChatError('CHAT_NOT_FOUND');
    return this.groups;
  }
}

function expectStatus(status: NotificationStatus): void {
  if (NOTIFICATION_STATUSES.includes(status)) return;
  const problem = `must be one of ${NOTIFICATION_STATUSES.join(', ')}`;
  throw invalidInput('status', problem);
}
