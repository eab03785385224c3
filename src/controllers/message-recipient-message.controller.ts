import {authenticate} from '@loopback/authentication';
import {inject, intercept, type Getter} from '@loopback/core';
import {get} from '@loopback/rest';
import {authorize} from 'loopback4-authorization';
import {
  CHAT_AUTH_STRATEGY,
  ChatInternalBindings,
  ChatServiceBindings,
} from '../keys';
import type {Message} from '../models';
import {POLICY} from '../permissions';
import type {MessageRecipientService} from '../services';
import type {ChatUser} from '../types';
import {operationSpec} from './operation-spec';
import {idParam} from './parameters';
import {MESSAGE} from './message.schemas';

/** The way from a recipient to its message. */
@authenticate(CHAT_AUTH_STRATEGY)
@intercept(ChatServiceBindings.Access)
export class MessageRecipientMessageController {
  constructor(
    @inject('chat.messageRecipientService')
    private readonly recipients: MessageRecipientService,
    // A controller is made before its interceptors have seen to the user.
    @inject.getter(ChatInternalBindings.CurrentUser)
    private readonly currentUser: Getter<ChatUser>,
  ) {}

  /** Gives the message that a recipient row is about. */
  @authorize({permissions: POLICY.viewMessage})
  @get(
    '/message-recipients/{id}/message',
    operationSpec('Gives the message that a recipient row is about', MESSAGE, [
      'CHAT_NOT_FOUND',
    ]),
  )
  async getMessage(@idParam() id: string): Promise<Message> {
    return this.recipients.findMessage(await this.currentUser(), id);
  }
}
