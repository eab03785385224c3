import {authenticate} from '@loopback/authentication';
import {inject, intercept, type Getter} from '@loopback/core';
import {del, get, put} from '@loopback/rest';
import {authorize} from 'loopback4-authorization';
import {
  CHAT_AUTH_STRATEGY,
  ChatInternalBindings,
  ChatServiceBindings,
} from '../keys';
import {POLICY} from '../permissions';
import type {MessageChangeService, ReactionGroup} from '../services';
import type {ChatUser} from '../types';
import {CHANGE_NUMBER, emojiParam, REACTIONS} from './message-change-spec';
import {operationSpec} from './operation-spec';
import {idParam} from './parameters';

/** The answer of what changes a message. */
interface ChangeNumber {
  readonly changeSeq: number;
}

/** REST operations of reactions to messages. */
@authenticate(CHAT_AUTH_STRATEGY)
@intercept(ChatServiceBindings.Access)
export class MessageReactionController {
  constructor(
    @inject(ChatServiceBindings.MessageChangeService)
    private readonly changes: MessageChangeService,
    // A controller is made before its interceptors have seen to the user.
    @inject.getter(ChatInternalBindings.CurrentUser)
    private readonly currentUser: Getter<ChatUser>,
  ) {}

  /** Lists who reacted to a message with what. */
  @authorize({permissions: POLICY.viewMessage})
  @get(
    '/messages/{id}/reactions',
    operationSpec('Lists who reacted to a message with what', REACTIONS, [
      'CHAT_NOT_FOUND',
    ]),
  )
  async find(@idParam() id: string): Promise<ReactionGroup[]> {
    return this.changes.reactionsOf(await this.currentUser(), id);
  }

  /** Puts a reaction of the caller's on a message; the second time changes nothing. */
  @authorize({permissions: POLICY.createMessage})
  @put(
    '/messages/{id}/reactions/{emoji}',
    operationSpec(
      "Puts a reaction of the caller's on a message; the second time changes nothing",
      CHANGE_NUMBER,
      ['CHAT_NOT_FOUND'],
    ),
  )
  async put(
    @idParam() id: string,
    @emojiParam() emoji: string,
  ): Promise<ChangeNumber> {
    return this.react(id, emoji, false);
  }

  /** Takes a reaction of the caller's back; the second time changes nothing. */
  @authorize({permissions: POLICY.createMessage})
  @del(
    '/messages/{id}/reactions/{emoji}',
    operationSpec(
      "Takes a reaction of the caller's back; the second time changes nothing",
      CHANGE_NUMBER,
      ['CHAT_NOT_FOUND'],
    ),
  )
  async delete(
    @idParam() id: string,
    @emojiParam() emoji: string,
  ): Promise<ChangeNumber> {
    return this.react(id, emoji, true);
  }

  private async react(messageId: string, emoji: string, removed: boolean) {
    const reaction = {messageId, emoji, removed};
    const user = await this.currentUser();
    const {changeSeq} = await this.changes.react(user, reaction);
    return {changeSeq};
  }
}
