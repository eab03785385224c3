export {AuthFrames} from './auth.frames';
export {ChangeFrames} from './change.frames';
export type {FrameHandler} from './frame-handler';
export {MessageFrames} from './message.frames';
export {NotifyFrames} from './notify.frames';
export {PresenceFrames} from './presence.frames';
export {ReceiptFrames} from './receipt.frames';
export {SyncFrames} from './sync.frames';
export {TypingFrames} from './typing.frames';
