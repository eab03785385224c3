import {AccessWatch} from './access-watch';
import {Audience} from './audience';
import {Blocks} from './blocks';
import {ChannelSizes} from './channel-sizes';
import {CursorPublisher} from './cursor-publisher';
import {Expiry} from './expiry';
import {FrameHandlers} from './frame-handlers';
import {
  AuthFrames,
  ChangeFrames,
  MessageFrames,
  NotifyFrames,
  PresenceFrames,
  ReceiptFrames,
  SyncFrames,
  TypingFrames,
} from './frames';
import {Gateway} from './gateway';
import {Handshake} from './handshake';
import {MembershipPublisher} from './membership-publisher';
import {NotificationPublisher} from './notification-publisher';
import {Presence} from './presence/presence';
import {PresenceFeed} from './presence/presence-feed';
import {PresenceSubscriptions} from './presence/presence-subscriptions';
import {Publisher} from './publisher';
import {Publishers} from './publishers';
import {Receipts} from './receipts';

/** What the sockets consist of, each bound as `chat.<name>`. */
export const REALTIME_PARTS = {
  accessWatch: AccessWatch,
  audience: Audience,
  authFrames: AuthFrames,
  blocks: Blocks,
  changeFrames: ChangeFrames,
  channelSizes: ChannelSizes,
  cursorPublisher: CursorPublisher,
  expiry: Expiry,
  frameHandlers: FrameHandlers,
  gateway: Gateway,
  handshake: Handshake,
  membershipPublisher: MembershipPublisher,
  messageFrames: MessageFrames,
  notificationPublisher: NotificationPublisher,
  notifyFrames: NotifyFrames,
  presence: Presence,
  presenceFeed: PresenceFeed,
  presenceFrames: PresenceFrames,
  presenceSubscriptions: PresenceSubscriptions,
  publisher: Publisher,
  publishers: Publishers,
  receiptFrames: ReceiptFrames,
  receipts: Receipts,
  syncFrames: SyncFrames,
  typingFrames: TypingFrames,
};
