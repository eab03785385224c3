import {ChatError} from '../errors';
import {ChatEvent} from '../protocol';
import type {ChatClient, FileDraft, ImageDraft, TextDraft} from './chat-client';
import type {ClientEvents, ClientListener} from './client-event-map';
import type {ClientParts} from './client-parts';
import type {CursorEvent} from './cursor-reports';
import type {MessageExtras} from './drafts';
import {contentOf, MessageSender, type MessageRef} from './message-sender';
import {targetOf} from './targets';
import type {TokenGiver} from './token-source';
import {TypingSignal} from './typing-signal';
import type {Uploader} from './uploads';
import type {WireMessage} from '../protocol';

/** {@link ChatClient}: hands each call to the part that does it. */
export class Client implements ChatClient {
  private readonly sender: MessageSender;
  private readonly typingSignal: TypingSignal;

  constructor(
    private readonly parts: ClientParts,
    readonly uploads: Uploader,
    private readonly end: () => Promise<void>,
  ) {
    this.sender = new MessageSender(parts.outbox, parts.lanes);
    this.typingSignal = new TypingSignal(parts.connection);
  }

  get state() {
    return this.parts.state.current;
  }

  get userId() {
    return this.parts.identity.userId;
  }

  get channels() {
    return this.parts.states.all;
  }

  get unsent() {
    return this.parts.outbox.entries.length;
  }

  on<E extends ClientEvents>(event: E, listener: ClientListener<E>) {
    return this.parts.emitter.on(event, listener);
  }

  online() {
    return this.parts.state.online();
  }

  sendText({to, text, ...extras}: TextDraft) {
    return this.sender.message('text', to, text, extras);
  }

  sendImage({to, url, attachmentId, ...extras}: ImageDraft) {
    const content = contentOf({url, attachmentId});
    return this.sender.message('image', to, content, extras);
  }

  sendFile({to, kind, attachmentId, ...extras}: FileDraft) {
    return this.sender.message(kind, to, attachmentId, extras);
  }

  reply(message: WireMessage, text: string, extras: MessageExtras = {}) {
    const to = targetOf(message, this.userId);
    const parentMessageId = message.id;
    return this.sender.message('text', to, text, {parentMessageId, ...extras});
  }

  edit(message: MessageRef, text: string, ext?: string) {
    return this.sender.edit(message, text, ext);
  }

  remove(message: MessageRef) {
    return this.sender.remove(message);
  }

  react(message: MessageRef, emoji: string, {removed = false} = {}) {
    return this.sender.react(message, emoji, removed);
  }

  notify(draft: Parameters<ChatClient['notify']>[0]) {
    return this.sender.notify(draft);
  }

  answerNotification(id: string, status: number) {
    return this.sender.answerNotification(id, status);
  }

  typing(channelId: string, isTyping = true) {
    this.typingSignal.tell(channelId, isTyping);
  }

  async markRead(channelId: string, seq?: number) {
    const recorded = await this.mark(ChatEvent.MessageRead, channelId, seq);
    const {states, identity} = this.parts;
    const {userId} = identity;
    states.read(channelId, recorded);
    states.moveCursor(channelId, {userId, readSeq: recorded});
    return recorded;
  }

  markReceived(channelId: string, seq?: number) {
    return this.mark(ChatEvent.MessageReceived, channelId, seq);
  }

  presence(userIds: readonly string[]) {
    return this.parts.presence.ask(userIds);
  }

  authenticate(token: TokenGiver) {
    this.parts.tokens.replace(token);
    this.parts.connection.takeToken();
  }

  close() {
    return this.end();
  }

  private mark(event: CursorEvent, channelId: string, seq?: number) {
    const newest = this.channels.get(channelId)?.messageSeq;
    const upTo = seq ?? newest;
    if (upTo === undefined) {
      return Promise.reject(new ChatError('CHAT_NOT_FOUND'));
    }
    return this.parts.reports.addAndWait(event, channelId, upTo);
  }
}
