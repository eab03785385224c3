import {createBindingFromClass, type Binding} from '@loopback/core';
import {ChannelLedger} from './ledger/channel-ledger';
import {MessageChangesProvider} from './message-changes.provider';
import {MessageLogProvider} from './message-log.provider';
import {ReactionTally} from './reaction-tally';
import {RowSourceProvider} from './row-source.provider';
import {ConversationSourceProvider} from './conversation-source.provider';
import {ReceiptStoreProvider} from './receipt-store.provider';
import {MessageSearchProvider} from './message-search.provider';
import {ContactPairLock} from './contact-pair-lock';
import {ChangeLogsProvider} from './change-logs.provider';
import {ExpiredChannelsProvider} from './expired-channels.provider';
import {UserRowsProvider} from './user-rows.provider';

const PARTS = {
  userRows: UserRowsProvider,
  expiredChannels: ExpiredChannelsProvider,
  changeLogs: ChangeLogsProvider,
  contactPairLock: ContactPairLock,
  messageSearch: MessageSearchProvider,
  receiptStore: ReceiptStoreProvider,
  conversationSource: ConversationSourceProvider,
  channelLedger: ChannelLedger,
  messageChanges: MessageChangesProvider,
  messageLog: MessageLogProvider,
  reactionTally: ReactionTally,
  rowSource: RowSourceProvider,
};

/** Makes the bindings of the store, the repositories apart, for one application. */
export function repositoryBindings(): Binding[] {
  return Object.entries(PARTS).map(([name, part]) =>
    createBindingFromClass<unknown>(part, {key: `chat.${name}`}),
  );
}
