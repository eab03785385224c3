import {
  ChatEvent,
  FRAMES,
  type DataAck,
  type WireSyncRequest,
  type WireSyncResponse,
} from '../protocol';
import {isSuccess, toChatError} from './answer';
import {toBytes} from './bytes';
import type {Transport} from './transport';

/** An answer is long, and the way may be slow; asked again it is as long. */
const PATIENCE = 6;

/** What the server tells of one channel. */
export type ChannelPage = NonNullable<WireSyncResponse['channels']>[number];

/** Where a client stands in a channel that it asks about. */
export interface AskedChannel {
  readonly channelId: string;
  readonly changeSeq: number;
}

/**
 * Asks what followed in some channels.
 * @returns by channel; those that are missing are not the user's
 * @throws ChatError as the server answers, NoAnswerError
 */
export async function askChannels(
  transport: Transport,
  channels: AskedChannel[],
): Promise<Map<string | undefined, ChannelPage>> {
  const answer = await ask(transport, {channels});
  const pages = answer.channels ?? [];
  return new Map(pages.map(page => [page.channel?.id, page]));
}

/**
 * Asks for a page of the list of all channels.
 * @param pageToken - empty for the first
 * @returns also the token of the next page, undefined after the last
 * @throws ChatError as the server answers, NoAnswerError
 */
export async function askList(
  transport: Transport,
  pageToken: string,
): Promise<{pages: ChannelPage[]; next?: string}> {
  // Only the channels are used; each is asked for by its cursor.
  const answer = await ask(transport, {pageToken, limit: 1});
  const {channels: pages = [], nextPageToken = ''} = answer;
  return {pages, next: nextPageToken === '' ? undefined : nextPageToken};
}

async function ask(
  transport: Transport,
  request: WireSyncRequest,
): Promise<WireSyncResponse> {
  const bytes = FRAMES.SyncRequest.encode(request);
  const ack = await transport.request(ChatEvent.Sync, bytes, {
    patience: PATIENCE,
  });
  if (!isSuccess(ack)) throw toChatError(ack);
  return FRAMES.SyncResponse.decode(toBytes((ack as DataAck).data));
}
