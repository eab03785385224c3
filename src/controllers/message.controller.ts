import {authenticate} from '@loopback/authentication';
import {inject, intercept, type Getter} from '@loopback/core';
import type {Filter, FilterExcludingWhere} from '@loopback/repository';
import {
  get,
  getModelSchemaRef,
  param,
  post,
  requestBody,
  type SchemaObject,
} from '@loopback/rest';
import {authorize} from 'loopback4-authorization';
import {invalidInput} from '../errors';
import {
  CHAT_AUTH_STRATEGY,
  ChatInternalBindings,
  ChatServiceBindings,
} from '../keys';
import {Message} from '../models';
import {POLICY} from '../permissions';
import type {MessageDraft, MessageService} from '../services';
import type {ChatUser} from '../types';
import {operationSpec} from './operation-spec';

const MESSAGE = getModelSchemaRef(Message);
const FILTER: SchemaObject = {
  type: 'object',
  additionalProperties: true,
  example: {where: {channelType: 'single'}, order: ['seq DESC'], limit: 50},
};
const NEW_MESSAGE: SchemaObject = {
  title: 'NewMessage',
  type: 'object',
  required: ['body'],
  additionalProperties: false,
  properties: {
    id: {type: 'string', description: 'A UUID made by the client.'},
    body: {type: 'string'},
    toUserId: {
      type: 'string',
      description: 'The other user, for a message to one.',
    },
    channelId: {type: 'string'},
    channelType: {type: 'string'},
    subject: {type: 'string'},
    ext: {type: 'string'},
    status: {type: 'integer'},
    parentMessageId: {type: 'string'},
  },
  example: {toUserId: 'bob', body: 'Hello Bob'},
};

/** REST operations of messages. */
@authenticate(CHAT_AUTH_STRATEGY)
@intercept(ChatInternalBindings.Access)
export class MessageController {
  constructor(
    @inject(ChatServiceBindings.MessageService)
    private readonly messages: MessageService,
    // A controller is made before its interceptors have seen to the user.
    @inject.getter(ChatInternalBindings.CurrentUser)
    private readonly currentUser: Getter<ChatUser>,
  ) {}

  /** Sends a message; the same id again answers the message that is stored. */
  @authorize({permissions: POLICY.createMessage})
  @post(
    '/messages',
    operationSpec('Sends a message', MESSAGE, [
      'CHAT_NOT_FOUND',
      'CHAT_CONFLICT',
    ]),
  )
  async create(
    @requestBody({
      required: true,
      content: {'application/json': {schema: NEW_MESSAGE}},
    })
    draft: MessageDraft,
    @param.header.string('Idempotency-Key', {
      description: 'A UUID that becomes the id of the message.',
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

  /** Lists messages that the caller may see. */
  @authorize({permissions: POLICY.viewMessage})
  @get(
    '/messages',
    operationSpec('Lists messages', {type: 'array', items: MESSAGE}),
  )
  async find(
    @param.query.object('filter', FILTER) filter?: Filter<Message>,
  ): Promise<Message[]> {
    return this.messages.find(await this.currentUser(), filter);
  }

  /** Gives one message that the caller may see. */
  @authorize({permissions: POLICY.viewMessage})
  @get(
    '/messages/{id}',
    operationSpec('Gives one message', MESSAGE, ['CHAT_NOT_FOUND']),
  )
  async findById(
    @param.path.string('id') id: string,
    @param.query.object('filter', FILTER)
    filter?: FilterExcludingWhere<Message>,
  ): Promise<Message> {
    return this.messages.findById(await this.currentUser(), id, filter);
  }
}
