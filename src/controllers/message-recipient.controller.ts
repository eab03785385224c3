import {authenticate} from '@loopback/authentication';
import {inject, intercept, type Getter} from '@loopback/core';
import type {
  Count,
  Filter,
  FilterExcludingWhere,
  Where,
} from '@loopback/repository';
import {del, get, patch, post, put} from '@loopback/rest';
import {authorize} from 'loopback4-authorization';
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
  NEW_RECIPIENT_OF_MESSAGE,
  RECIPIENT,
  RECIPIENT_CHANGE,
} from './message-recipient.schemas';
import {listOf} from './schemas';

/** REST operations of recipients: users' own flags on messages. */
@authenticate(CHAT_AUTH_STRATEGY)
@intercept(ChatServiceBindings.Access)
export class MessageRecipientController {
  constructor(
    @inject('chat.messageRecipientService')
    private readonly recipients: MessageRecipientService,
    // A controller is made before its interceptors have seen to the user.
    @inject.getter(ChatInternalBindings.CurrentUser)
    private readonly currentUser: Getter<ChatUser>,
  ) {}

  /** Names a recipient of a message. */
  @authorize({permissions: POLICY.createMessageRecipient})
  @post(
    '/message-recipients',
    bodyOperationSpec('Names a recipient of a message', RECIPIENT, [
      'CHAT_NOT_FOUND',
      'CHAT_CONFLICT',
    ]),
  )
  async create(
    @jsonBody(NEW_RECIPIENT_OF_MESSAGE)
    draft: RecipientDraft,
  ): Promise<MessageRecipient> {
    return this.recipients.create(
      await this.currentUser(),
      draft.messageId,
      draft,
    );
  }

  /** Counts recipients that the caller may see. */
  @authorize({permissions: POLICY.viewMessageRecipient})
  @get(
    '/message-recipients/count',
    operationSpec('Counts recipients that the caller may see', COUNT),
  )
  async count(@whereParam() where?: Where<MessageRecipient>): Promise<Count> {
    return this.recipients.count(await this.currentUser(), where);
  }

  /** Lists recipients that the caller may see. */
  @authorize({permissions: POLICY.viewMessageRecipient})
  @get(
    '/message-recipients',
    operationSpec(
      'Lists recipients that the caller may see',
      listOf(RECIPIENT),
    ),
  )
  async find(
    @filterParam() filter?: Filter<MessageRecipient>,
  ): Promise<MessageRecipient[]> {
    return this.recipients.find(await this.currentUser(), filter);
  }

  /** Changes those of the selected recipients that are the caller's. */
  @authorize({permissions: POLICY.updateMessageRecipient})
  @patch(
    '/message-recipients',
    bodyOperationSpec(
      "Changes those of the selected recipients that are the caller's",
      COUNT,
    ),
  )
  async updateAll(
    @jsonBody(RECIPIENT_CHANGE) data: Partial<MessageRecipient>,
    @whereParam() where?: Where<MessageRecipient>,
  ): Promise<Count> {
    return this.recipients.updateAll(await this.currentUser(), data, where);
  }

  /** Gives one recipient that the caller may see. */
  @authorize({permissions: POLICY.viewMessageRecipient})
  @get(
    '/message-recipients/{id}',
    operationSpec('Gives one recipient that the caller may see', RECIPIENT, [
      'CHAT_NOT_FOUND',
    ]),
  )
  async findById(
    @idParam() id: string,
    @filterParam() filter?: FilterExcludingWhere<MessageRecipient>,
  ): Promise<MessageRecipient> {
    return this.recipients.findById(await this.currentUser(), id, filter);
  }

  /** Changes a recipient of the caller's in part. */
  @authorize({permissions: POLICY.updateMessageRecipient})
  @patch(
    '/message-recipients/{id}',
    bodyOperationSpec(
      "Changes a recipient of the caller's in part",
      undefined,
      ['CHAT_NOT_FOUND'],
    ),
  )
  async updateById(
    @idParam() id: string,
    @jsonBody(RECIPIENT_CHANGE) data: Partial<MessageRecipient>,
  ): Promise<void> {
    await this.recipients.updateById(await this.currentUser(), id, data);
  }

  /** Changes a recipient of the caller's whole: what is left out is emptied. */
  @authorize({permissions: POLICY.updateMessageRecipient})
  @put(
    '/message-recipients/{id}',
    bodyOperationSpec(
      "Changes a recipient of the caller's whole: what is left out is emptied",
      undefined,
      ['CHAT_NOT_FOUND'],
    ),
  )
  async replaceById(
    @idParam() id: string,
    @jsonBody(RECIPIENT_CHANGE) data: Partial<MessageRecipient>,
  ): Promise<void> {
    await this.recipients.replaceById(await this.currentUser(), id, data);
  }

  /** Deletes a recipient of the caller's. */
  @authorize({permissions: POLICY.deleteMessageRecipient})
  @del(
    '/message-recipients/{id}',
    operationSpec("Deletes a recipient of the caller's", undefined, [
      'CHAT_NOT_FOUND',
    ]),
  )
  async deleteById(@idParam() id: string): Promise<void> {
    await this.recipients.deleteById(await this.currentUser(), id);
  }
}
