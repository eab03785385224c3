import {BindingScope, inject, injectable} from '@loopback/core';
import {ChatServiceBindings} from '../../keys';
import {ChatEvent, type ChangeAck} from '../../protocol';
import type {ChangePlace, MessageChangeService} from '../../services';
import {frameHandler} from './frame-handler';
import {said} from '../mappers/said';

/** Takes edits, deletions and reactions in. */
@injectable({scope: BindingScope.SINGLETON})
export class ChangeFrames {
  readonly handlers = {
    [ChatEvent.MessageEdit]: frameHandler(
      ChatEvent.MessageEdit,
      async ({id: origin, data}, {messageId = '', channelId, text = '', ext}) =>
        changed(
          await this.changes.edit(
            data.user,
            {messageId, channelId: said(channelId), text, ext},
            {origin},
          ),
        ),
    ),
    [ChatEvent.MessageDelete]: frameHandler(
      ChatEvent.MessageDelete,
      async ({id: origin, data}, {messageId = '', channelId}) =>
        changed(
          await this.changes.remove(
            data.user,
            {messageId, channelId: said(channelId)},
            {origin},
          ),
        ),
    ),
    [ChatEvent.MessageReaction]: frameHandler(
      ChatEvent.MessageReaction,
      async ({id: origin, data}, frame) => {
        const {messageId = '', channelId, emoji = '', removed} = frame;
        return changed(
          await this.changes.react(
            data.user,
            {
              ...{messageId, emoji, removed: !!removed},
              channelId: said(channelId),
            },
            {origin},
          ),
        );
      },
    ),
  };

  constructor(
    @inject(ChatServiceBindings.MessageChangeService)
    private readonly changes: MessageChangeService,
  ) {}
}

function changed({channelId, changeSeq}: ChangePlace): ChangeAck {
  return {statusCode: 200, channelId, changeSeq};
}
