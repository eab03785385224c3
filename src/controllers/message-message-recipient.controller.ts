import {authenticate} from '@loopback/authentication';
import {inject, intercept, type Getter} from '@loopback/core';
import type {Count, Filter, Where} from '@loopback/repository';
import {del, get, patch, post} from '@loopback/rest';
import {authorize} from 'loopback4-authorization';
import {invalidInput} from '../errors';
import {
  CHAT_AUTH_STRATEGY,
  ChatInternalBindings,
  ChatServiceBindings,
} from '../keys';
import type {MessageRecipient} from '../models';
import {POLICY} from '../permissions';
import type {MessageRecipientService, RecipientDraft} from '../services';
import type {ChatUser} from '../types';
import {bodyOperationSpec, COUNT, operationSpec} from './operation-spec';
import {filterParam, idParam, jsonBody, whereParam} from './parameters';
import {
  NEW_RECIPIENT,
  RECIPIENT,
  RECIPIENT_CHANGE,
} from './message-recipient.schemas';
import {listOf} from './schemas';

/** REST operations of the recipients of one message. */
@authenticate(CHAT_AUTH_STRATEGY)
@intercept(ChatServiceBindings.Access)
export class MessageMessageRecipientController {
  constructor(
    @inject('chat.messageRecipientService')
    private readonly recipients: MessageRecipientService,
    // A controller is made before its interceptors have seen to the user.
    @inject.getter(ChatInternalBindings.CurrentUser)
    private readonly currentUser: Getter<ChatUser>,
  ) {}

  /** Lists the recipients of a message. */
  @authorize({permissions: POLICY.viewMessageRecipient})
  @get(
    '/messages/{id}/message-recipients',
    operationSpec('Lists the recipients of a message', listOf(RECIPIENT), [
      'CHAT_NOT_FOUND',
    ]),
  )
  async find(
    @idParam() id: string,
    @filterParam() filter?: Filter<MessageRecipient>,
  ): Promise<MessageRecipient[]> {
    return this.recipients.findOfMessage(await this.currentUser(), id, filter);
  }

  /** Names a recipient of a message. */
  @authorize({permissions: POLICY.createMessageRecipient})
  @post(
    '/messages/{id}/message-recipients',
    bodyOperationSpec('Names a recipient of a message', RECIPIENT, [
      'CHAT_NOT_FOUND',
      'CHAT_CONFLICT',
    ]),
  )
  async create(
    @idParam() id: string,
    @jsonBody(NEW_RECIPIENT) draft: RecipientDraft,
  ): Promise<MessageRecipient> {
    if (draft.messageId !== undefined && draft.messageId !== id) {
      throw invalidInput('messageId', 'must be the id in the path');
    }
    return this.recipients.create(await this.currentUser(), id, draft);
  }

  /** Changes the caller's own flags on a message. */
  @authorize({permissions: POLICY.updateMessageRecipient})
  @patch(
    '/messages/{id}/message-recipients',
    bodyOperationSpec("Changes the caller's own flags on a message", COUNT, [
      'CHAT_NOT_FOUND',
    ]),
  )
  async patch(
    @idParam() id: string,
    @jsonBody(RECIPIENT_CHANGE) data: Partial<MessageRecipient>,
    @whereParam() where?: Where<MessageRecipient>,
  ): Promise<Count> {
    return this.recipients.updateOfMessage(
      await this.currentUser(),
      id,
      data,
      where,
    );
  }

  /** Deletes recipients of a message that the caller sent. */
  @authorize({permissions: POLICY.deleteMessageRecipient})
  @del(
    '/messages/{id}/message-recipients',
    operationSpec(
      'Deletes recipients of a message that the caller sent',
      COUNT,
      ['CHAT_NOT_FOUND'],
    ),
  )
  async delete(
    @idParam() id: string,
    @whereParam() where?: Where<MessageRecipient>,
  ): Promise<Count> {
    return this.recipients.deleteOfMessage(await this.currentUser(), id, where);
  }
}
