import {authenticate} from '@loopback/authentication';
import {inject, intercept, type Getter} from '@loopback/core';
import {post} from '@loopback/rest';
import {authorize} from 'loopback4-authorization';
import {
  CHAT_AUTH_STRATEGY,
  ChatInternalBindings,
  ChatServiceBindings,
} from '../keys';
import type {Notification} from '../models';
import {POLICY} from '../permissions';
import type {ContactRequestDraft, ContactRequestService} from '../services';
import type {ChatUser} from '../types';
import {NEW_CONTACT_REQUEST, NOTIFICATION} from './notification.schemas';
import {bodyOperationSpec, operationSpec} from './operation-spec';
import {idParam, jsonBody} from './parameters';

/** REST operations of requests to be friends. */
@authenticate(CHAT_AUTH_STRATEGY)
@intercept(ChatServiceBindings.Access)
export class ContactRequestController {
  constructor(
    @inject(ChatServiceBindings.ContactRequestService)
    private readonly requests: ContactRequestService,
    // A controller is made before its interceptors have seen to the user.
    @inject.getter(ChatInternalBindings.CurrentUser)
    private readonly currentUser: Getter<ChatUser>,
  ) {}

  /** Asks another user to be friends; accepts what the other asked already. */
  @authorize({permissions: POLICY.createContact})
  @post(
    '/contact-requests',
    bodyOperationSpec(
      'Asks another user to be friends; accepts what the other asked already',
      NOTIFICATION,
      ['CHAT_BLOCKED', 'CHAT_NOT_FOUND', 'CHAT_CONFLICT'],
    ),
  )
  async create(
    @jsonBody(NEW_CONTACT_REQUEST) draft: ContactRequestDraft,
  ): Promise<Notification> {
    return this.requests.request(await this.currentUser(), draft);
  }

  /** Accepts a request that the caller received; again, changes nothing. */
  @authorize({permissions: POLICY.createContact})
  @post(
    '/contact-requests/{id}/accept',
    operationSpec(
      'Accepts a request that the caller received; again, changes nothing',
      NOTIFICATION,
      ['CHAT_BLOCKED', 'CHAT_NOT_FOUND', 'CHAT_CONFLICT'],
    ),
  )
  async accept(@idParam() id: string): Promise<Notification> {
    return this.requests.accept(await this.currentUser(), id);
  }

  /** Rejects a request that the caller received; again, changes nothing. */
  @authorize({permissions: POLICY.createContact})
  @post(
    '/contact-requests/{id}/reject',
    operationSpec(
      'Rejects a request that the caller received; again, changes nothing',
      NOTIFICATION,
      ['CHAT_NOT_FOUND', 'CHAT_CONFLICT'],
    ),
  )
  async reject(@idParam() id: string): Promise<Notification> {
    return this.requests.reject(await this.currentUser(), id);
  }
}
