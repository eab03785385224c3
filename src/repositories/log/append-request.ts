import type {NewChannel, NewMessage} from './message-appender';
import type {StoredMessage} from './stored-message';

/** What is asked of the log for one message. */
export interface AppendRequest {
  readonly message: NewMessage;
  /** Made first, with its members, when it does not exist. */
  readonly opens?: NewChannel;
  /** Called in the order of `seq`, once the channel was made by this request. */
  onOpened?(channel: NewChannel): void;
  /** Called in the order of `seq`, after commit, for a message not known before. */
  onAppended?(message: StoredMessage): void;
}
