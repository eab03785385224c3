import {authenticate} from '@loopback/authentication';
import {inject, intercept, type Getter} from '@loopback/core';
import type {Count, Filter, Where} from '@loopback/repository';
import {del, get, patch, post} from '@loopback/rest';
import {authorize} from 'loopback4-authorization';
import {
  CHAT_AUTH_STRATEGY,
  ChatInternalBindings,
  ChatServiceBindings,
} from '../keys';
import {Message} from '../models';
import {POLICY} from '../permissions';
import type {MessageDraft, MessageRowsService} from '../services';
import type {ChatUser} from '../types';
import {bodyOperationSpec, COUNT, operationSpec} from './operation-spec';
import {filterParam, idParam, jsonBody, whereParam} from './parameters';
import {MESSAGE, MESSAGE_CHANGE, NEW_MESSAGE} from './message.schemas';
import {listOf} from './schemas';

/** REST operations of the replies of a thread. */
@authenticate(CHAT_AUTH_STRATEGY)
@intercept(ChatServiceBindings.Access)
export class MessageMessageController {
  constructor(
    @inject('chat.messageRowsService')
    private readonly rows: MessageRowsService,
    // A controller is made before its interceptors have seen to the user.
    @inject.getter(ChatInternalBindings.CurrentUser)
    private readonly currentUser: Getter<ChatUser>,
  ) {}

  /** Lists the replies of a thread. */
  @authorize({permissions: POLICY.viewMessage})
  @get(
    '/messages/{id}/messages',
    operationSpec('Lists the replies of a thread', listOf(MESSAGE), [
      'CHAT_NOT_FOUND',
    ]),
  )
  async find(
    @idParam() id: string,
    @filterParam() filter?: Filter<Message>,
  ): Promise<Message[]> {
    return this.rows.findReplies(await this.currentUser(), id, filter);
  }

  /** Sends a reply into the thread of a message. */
  @authorize({permissions: POLICY.createMessage})
  @post(
    '/messages/{id}/messages',
    bodyOperationSpec('Sends a reply into the thread of a message', MESSAGE, [
      'CHAT_NOT_FOUND',
      'CHAT_CONFLICT',
    ]),
  )
  async create(
    @idParam() id: string,
    @jsonBody(NEW_MESSAGE) draft: MessageDraft,
  ): Promise<Message> {
    const stored = await this.rows.reply(await this.currentUser(), id, draft);
    return new Message(stored as Partial<Message>);
  }

  /** Changes those of the selected replies that the caller wrote. */
  @authorize({permissions: POLICY.updateMessage})
  @patch(
    '/messages/{id}/messages',
    bodyOperationSpec(
      'Changes those of the selected replies that the caller wrote',
      COUNT,
      ['CHAT_NOT_FOUND'],
    ),
  )
  async patch(
    @idParam() id: string,
    @jsonBody(MESSAGE_CHANGE) data: Partial<Message>,
    @whereParam() where?: Where<Message>,
  ): Promise<Count> {
    return this.rows.updateReplies(await this.currentUser(), id, data, where);
  }

  /** Deletes those of the selected replies that the caller wrote. */
  @authorize({permissions: POLICY.deleteMessage})
  @del(
    '/messages/{id}/messages',
    operationSpec(
      'Deletes those of the selected replies that the caller wrote',
      COUNT,
      ['CHAT_NOT_FOUND'],
    ),
  )
  async delete(
    @idParam() id: string,
    @whereParam() where?: Where<Message>,
  ): Promise<Count> {
    return this.rows.deleteReplies(await this.currentUser(), id, where);
  }
}
