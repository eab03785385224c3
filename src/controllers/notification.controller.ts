import {authenticate} from '@loopback/authentication';
import {inject, intercept, type Getter} from '@loopback/core';
import {get, param, patch, post, type ParameterObject} from '@loopback/rest';
import {authorize} from 'loopback4-authorization';
import {
  CHAT_AUTH_STRATEGY,
  ChatInternalBindings,
  ChatServiceBindings,
} from '../keys';
import type {Notification, NotificationStatus} from '../models';
import {POLICY} from '../permissions';
import type {
  NotificationDraft,
  NotificationPage,
  NotificationService,
} from '../services';
import type {ChatUser} from '../types';
import {
  NEW_NOTIFICATION,
  NOTIFICATION,
  NOTIFICATION_CHANGE,
  NOTIFICATION_PAGE,
  STATUS,
} from './notification.schemas';
import {bodyOperationSpec, operationSpec} from './operation-spec';
import {limitParam, pageTokenParam} from './listing.parameters';
import {idParam, jsonBody} from './parameters';

/** REST operations of notifications: what users are told of, and asked. */
@authenticate(CHAT_AUTH_STRATEGY)
@intercept(ChatServiceBindings.Access)
export class NotificationController {
  constructor(
    @inject(ChatServiceBindings.NotificationService)
    private readonly notifications: NotificationService,
    // A controller is made before its interceptors have seen to the user.
    @inject.getter(ChatInternalBindings.CurrentUser)
    private readonly currentUser: Getter<ChatUser>,
  ) {}

  /** Tells or asks another user; the same id again answers what is stored. */
  @authorize({permissions: POLICY.createNotification})
  @post(
    '/notifications',
    bodyOperationSpec(
      'Tells or asks another user; the same id again answers what is stored',
      NOTIFICATION,
      ['CHAT_BLOCKED', 'CHAT_NOT_FOUND', 'CHAT_CONFLICT'],
    ),
  )
  async create(
    @jsonBody(NEW_NOTIFICATION) draft: NotificationDraft,
  ): Promise<Notification> {
    return this.notifications.notify(await this.currentUser(), draft);
  }

  /** Lists what the caller received or sent, the newest first. */
  @authorize({permissions: POLICY.viewNotification})
  @get(
    '/notifications',
    operationSpec(
      'Lists what the caller received or sent, the newest first',
      NOTIFICATION_PAGE,
    ),
  )
  async find(
    @param({
      name: 'status',
      in: 'query',
      description: 'One or several: `status=initial` are the undelivered.',
      schema: {type: 'array', items: STATUS},
      example: ['initial'],
    } as ParameterObject)
    status?: NotificationStatus[],
    @param.query.boolean('sent', {
      description: 'Those that the caller sent, instead of those received.',
      example: true,
    })
    sent?: boolean,
    @limitParam() limit?: number,
    @pageTokenParam(
      'WyIyNTM0MDIyMTQ0MDAwMDAiLCJmZmZmZmZmZi1mZmZmLTRmZmYtYmZmZi1mZmZmZmZmZmZmZmYiXQ',
    )
    pageToken?: string,
  ): Promise<NotificationPage> {
    const query = {status, sent, limit, pageToken};
    return this.notifications.find(await this.currentUser(), query);
  }

  /** Gives one notification that the caller received or sent. */
  @authorize({permissions: POLICY.viewNotification})
  @get(
    '/notifications/{id}',
    operationSpec(
      'Gives one notification that the caller received or sent',
      NOTIFICATION,
      ['CHAT_NOT_FOUND'],
    ),
  )
  async findById(@idParam() id: string): Promise<Notification> {
    return this.notifications.findById(await this.currentUser(), id);
  }

  /** Moves a notification that the caller received forward, or answers it. */
  @authorize({permissions: POLICY.updateNotification})
  @patch(
    '/notifications/{id}',
    bodyOperationSpec(
      'Moves a notification that the caller received forward, or answers it',
      NOTIFICATION,
      ['CHAT_BLOCKED', 'CHAT_NOT_FOUND', 'CHAT_CONFLICT'],
    ),
  )
  async updateById(
    @idParam() id: string,
    @jsonBody(NOTIFICATION_CHANGE) {status}: {status: NotificationStatus},
  ): Promise<Notification> {
    return this.notifications.advance(await this.currentUser(), id, status);
  }
}
