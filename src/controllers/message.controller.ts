import {authenticate} from '@loopback/authentication';
import {inject, intercept, type Getter} from '@loopback/core';
import type {
  Count,
  Filter,
  FilterExcludingWhere,
  Where,
} from '@loopback/repository';
import {del, get, param, patch, post, put} from '@loopback/rest';
import {authorize} from 'loopback4-authorization';
import {invalidInput} from '../errors';
import {
  CHAT_AUTH_STRATEGY,
  ChatInternalBindings,
  ChatServiceBindings,
} from '../keys';
import {Message} from '../models';
import {POLICY} from '../permissions';
import type {
  JsonText,
  MessageDraft,
  MessageRowsService,
  MessageService,
} from '../services';
import type {ChatUser} from '../types';
import {bodyOperationSpec, COUNT, operationSpec} from './operation-spec';
import {filterParam, idParam, jsonBody, whereParam} from './parameters';
import {MESSAGE, MESSAGE_CHANGE, NEW_MESSAGE} from './message.schemas';
import {listOf} from './schemas';

/** REST operations of messages. */
@authenticate(CHAT_AUTH_STRATEGY)
@intercept(ChatServiceBindings.Access)
export class MessageController {
  constructor(
    @inject(ChatServiceBindings.MessageService)
    private readonly messages: MessageService,
    @inject('chat.messageRowsService')
    private readonly rows: MessageRowsService,
    // A controller is made before its interceptors have seen to the user.
    @inject.getter(ChatInternalBindings.CurrentUser)
    private readonly currentUser: Getter<ChatUser>,
  ) {}

  /** Sends a message; the same id again answers the message that is stored. */
  @authorize({permissions: POLICY.createMessage})
  @post(
    '/messages',
    bodyOperationSpec(
      'Sends a message; the same id again answers the message that is stored',
      MESSAGE,
      ['CHAT_NOT_FOUND', 'CHAT_CONFLICT'],
    ),
  )
  async create(
    @jsonBody(NEW_MESSAGE) draft: MessageDraft,
    @param.header.string('Idempotency-Key', {
      description: 'A UUID that becomes the id of the message.',
      example: '0190a5b4-6f2c-7d3e-8a41-5b6c7d8e9f01',
    })
    key?: string,
  ): Promise<Message> {
    if (key && draft.id && key.toLowerCase() !== draft.id.toLowerCase()) {
      throw invalidInput(
        'id',
        'must be the Idempotency-Key where both are given',
      );
    }
    const stored = await this.messages.send(await this.currentUser(), {
      ...draft,
      id: draft.id ?? key,
    });
    return new Message(stored as Partial<Message>);
  }

  /** Counts messages that the caller may see. */
  @authorize({permissions: POLICY.viewMessage})
  @get(
    '/messages/count',
    operationSpec('Counts messages that the caller may see', COUNT),
  )
  async count(@whereParam() where?: Where<Message>): Promise<Count> {
    return this.rows.count(await this.currentUser(), where);
  }

  /** Lists messages that the caller may see. */
  @authorize({permissions: POLICY.viewMessage})
  @get(
    '/messages',
    operationSpec('Lists messages that the caller may see', listOf(MESSAGE)),
  )
  async find(
    @filterParam() filter?: Filter<Message>,
  ): Promise<JsonText | Message[]> {
    return this.rows.findJson(await this.currentUser(), filter);
  }

  /** Changes those of the selected messages that are the caller's. */
  @authorize({permissions: POLICY.updateMessage})
  @patch(
    '/messages',
    bodyOperationSpec(
      "Changes those of the selected messages that are the caller's",
      COUNT,
    ),
  )
  async updateAll(
    @jsonBody(MESSAGE_CHANGE) data: Partial<Message>,
    @whereParam() where?: Where<Message>,
  ): Promise<Count> {
    return this.rows.updateAll(await this.currentUser(), data, where);
  }

  /** Gives one message that the caller may see. */
  @authorize({permissions: POLICY.viewMessage})
  @get(
    '/messages/{id}',
    operationSpec('Gives one message that the caller may see', MESSAGE, [
      'CHAT_NOT_FOUND',
    ]),
  )
  async findById(
    @idParam() id: string,
    @filterParam() filter?: FilterExcludingWhere<Message>,
  ): Promise<JsonText | Message> {
    return this.rows.findJsonById(await this.currentUser(), id, filter);
  }

  /** Changes a message of the caller's in part. */
  @authorize({permissions: POLICY.updateMessage})
  @patch(
    '/messages/{id}',
    bodyOperationSpec("Changes a message of the caller's in part", undefined, [
      'CHAT_NOT_FOUND',
    ]),
  )
  async updateById(
    @idParam() id: string,
    @jsonBody(MESSAGE_CHANGE) data: Partial<Message>,
  ): Promise<void> {
    await this.rows.updateById(await this.currentUser(), id, data);
  }

  /** Changes a message of the caller's whole: what is left out is emptied. */
  @authorize({permissions: POLICY.updateMessage})
  @put(
    '/messages/{id}',
    bodyOperationSpec(
      "Changes a message of the caller's whole: what is left out is emptied",
      undefined,
      ['CHAT_NOT_FOUND'],
    ),
  )
  async replaceById(
    @idParam() id: string,
    @jsonBody(MESSAGE_CHANGE) data: Partial<Message>,
  ): Promise<void> {
    await this.rows.replaceById(await this.currentUser(), id, data);
  }

  /** Deletes a message of the caller's; in a group, its admins anyone's. */
  @authorize({permissions: POLICY.deleteMessage})
  @del(
    '/messages/{id}',
    operationSpec(
      "Deletes a message of the caller's; in a group, its admins anyone's",
      undefined,
      ['CHAT_NOT_FOUND'],
    ),
  )
  async deleteById(@idParam() id: string): Promise<void> {
    await this.rows.deleteById(await this.currentUser(), id);
  }
}
