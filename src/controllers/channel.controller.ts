import {authenticate} from '@loopback/authentication';
import {inject, intercept, type Getter} from '@loopback/core';
import {get, put} from '@loopback/rest';
import {authorize} from 'loopback4-authorization';
import {
  CHAT_AUTH_STRATEGY,
  ChatInternalBindings,
  ChatServiceBindings,
} from '../keys';
import {POLICY} from '../permissions';
import type {
  ChannelChanges,
  ChannelMessage,
  ChannelPage,
  ChannelService,
  ChannelView,
  Cursor,
  MemberCursor,
  ReceiptService,
} from '../services';
import type {ChatUser} from '../types';
import {
  channelIdParam,
  limitParam,
  pageTokenParam,
  seqParam,
} from './channel.parameters';
import {
  CHANNEL,
  CHANNEL_CHANGES,
  CHANNEL_MESSAGES,
  CHANNEL_PAGE,
  CURSOR,
  CURSOR_MOVE,
  MEMBER_CURSORS,
} from './channel.schemas';
import {bodyOperationSpec, operationSpec} from './operation-spec';
import {jsonBody} from './parameters';

/** REST operations of channels: listing, history, changes and cursors. */
@authenticate(CHAT_AUTH_STRATEGY)
@intercept(ChatServiceBindings.Access)
export class ChannelController {
  constructor(
    @inject(ChatServiceBindings.ChannelService)
    private readonly channels: ChannelService,
    @inject(ChatServiceBindings.ReceiptService)
    private readonly receipts: ReceiptService,
    // A controller is made before its interceptors have seen to the user.
    @inject.getter(ChatInternalBindings.CurrentUser)
    private readonly currentUser: Getter<ChatUser>,
  ) {}

  /** Lists the caller's channels, those with the newest activity first. */
  @authorize({permissions: POLICY.viewMessage})
  @get(
    '/channels',
    operationSpec(
      "Lists the caller's channels, those with the newest activity first",
      CHANNEL_PAGE,
    ),
  )
  async find(
    @limitParam(50, 100) limit?: number,
    @pageTokenParam() pageToken?: string,
  ): Promise<ChannelPage> {
    return this.channels.list(await this.currentUser(), {limit, pageToken});
  }

  /** Gives one channel that the caller may see. */
  @authorize({permissions: POLICY.viewMessage})
  @get(
    '/channels/{id}',
    operationSpec('Gives one channel that the caller may see', CHANNEL, [
      'CHAT_NOT_FOUND',
    ]),
  )
  async findById(@channelIdParam() id: string): Promise<ChannelView> {
    return this.channels.get(await this.currentUser(), id);
  }

  /** Lists messages of a channel in their order, the newest by default. */
  @authorize({permissions: POLICY.viewMessage})
  @get(
    '/channels/{id}/messages',
    operationSpec(
      'Lists messages of a channel in their order, the newest by default',
      CHANNEL_MESSAGES,
      ['CHAT_NOT_FOUND'],
    ),
  )
  async findMessages(
    @channelIdParam() id: string,
    @seqParam('before', 'Of those below this `seq`, the nearest.')
    before?: number,
    @seqParam('after', 'Of those above this `seq`, the nearest.')
    after?: number,
    @limitParam(100, 1000) limit?: number,
  ): Promise<ChannelMessage[]> {
    const range = {before, after, limit};
    return this.channels.history(await this.currentUser(), id, range);
  }

  /** Gives what has changed in a channel after a change that the caller knows. */
  @authorize({permissions: POLICY.viewMessage})
  @get(
    '/channels/{id}/changes',
    operationSpec(
      'Gives what has changed in a channel after a change that the caller knows',
      CHANNEL_CHANGES,
      ['CHAT_NOT_FOUND'],
    ),
  )
  async findChanges(
    @channelIdParam() id: string,
    @seqParam('since', 'The `changeSeq` of the answer before; 0 without it.')
    since?: number,
    @limitParam(200, 1000) limit?: number,
  ): Promise<ChannelChanges> {
    return this.channels.changes(await this.currentUser(), id, {since, limit});
  }

  /** Lists how far each member of a channel has received and read. */
  @authorize({permissions: POLICY.viewMessage})
  @get(
    '/channels/{id}/cursor',
    operationSpec(
      'Lists how far each member of a channel has received and read',
      MEMBER_CURSORS,
      ['CHAT_NOT_FOUND'],
    ),
  )
  async findCursors(@channelIdParam() id: string): Promise<MemberCursor[]> {
    return this.channels.cursors(await this.currentUser(), id);
  }

  /** Moves the caller's own cursor forward; the answer is where it stands. */
  @authorize({permissions: POLICY.viewMessage})
  @put(
    '/channels/{id}/cursor',
    bodyOperationSpec(
      "Moves the caller's own cursor forward; the answer is where it stands",
      CURSOR,
      ['CHAT_NOT_FOUND'],
    ),
  )
  async moveCursor(
    @channelIdParam() id: string,
    @jsonBody(CURSOR_MOVE) cursor: Partial<Cursor>,
  ): Promise<Cursor> {
    return this.receipts.move(await this.currentUser(), id, cursor);
  }
}
