import {createBindingFromClass, type Binding} from '@loopback/core';
import {ChannelLedger} from './ledger/channel-ledger';
import {MemberCounter} from './member-counter';
import {MessageChangesProvider} from './message-changes.provider';
import {MessageLogProvider} from './message-log.provider';
import {ReactionTally} from './reaction-tally';
import {RowSourceProvider} from './row-source.provider';
import {ConversationSourceProvider} from './conversation-source.provider';
import {ReceiptStoreProvider} from './receipt-store.provider';
import {MessageSearchProvider} from './message-search.provider';
import {ContactPairLock} from './contact-pair-lock';

const PARTS = {
  contactPairLock: ContactPairLock,
  messageSearch: MessageSearchProvider,
  receiptStore: ReceiptStoreProvider,
  conversationSource: ConversationSourceProvider,
  channelLedger: ChannelLedger,
  memberCounter: MemberCounter,
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
