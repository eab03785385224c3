import {authenticate} from '@loopback/authentication';
import {inject, intercept, type Getter} from '@loopback/core';
import {get, param} from '@loopback/rest';
import {authorize} from 'loopback4-authorization';
import {
  CHAT_AUTH_STRATEGY,
  ChatInternalBindings,
  ChatServiceBindings,
} from '../keys';
import {POLICY} from '../permissions';
import type {FormerVersion, MessageChangeService} from '../services';
import type {ChatUser} from '../types';
import {EDITS} from './message-change-spec';
import {operationSpec} from './operation-spec';
import {idParam} from './parameters';

/** The REST operation of what messages said before. */
@authenticate(CHAT_AUTH_STRATEGY)
@intercept(ChatServiceBindings.Access)
export class MessageEditController {
  constructor(
    @inject(ChatServiceBindings.MessageChangeService)
    private readonly changes: MessageChangeService,
    // A controller is made before its interceptors have seen to the user.
    @inject.getter(ChatInternalBindings.CurrentUser)
    private readonly currentUser: Getter<ChatUser>,
  ) {}

  /** Lists what a message said before, oldest first. */
  @authorize({permissions: POLICY.viewMessage})
  @get(
    '/messages/{id}/edits',
    operationSpec('Lists what a message said before, oldest first', EDITS, [
      'CHAT_NOT_FOUND',
    ]),
  )
  async find(
    @idParam() id: string,
    @param.query.integer('after', {
      description: 'Only versions of a higher `changeSeq`; 0 by default.',
      example: 1,
    })
    after?: number,
    @param.query.integer('limit', {
      description: '1 to 1000; 100 by default.',
      example: 50,
    })
    limit?: number,
  ): Promise<FormerVersion[]> {
    const user = await this.currentUser();
    return this.changes.editsOf(user, id, {after, limit});
  }
}
