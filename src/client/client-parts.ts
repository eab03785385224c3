import {ChatEvent, type MessageAck, type WireMessageEdit} from '../protocol';
import {toBytes} from './bytes';
import {CatchUp} from './catch-up';
import {ChannelLogs} from './channel-logs';
import {ChannelStates} from './channel-states';
import {Connection} from './connection';
import {CursorReports} from './cursor-reports';
import {toSentMessage} from './drafts';
import {Emitter} from './emitter';
import {Feed, type FeedContext} from './feed';
import {Identity} from './identity';
import {INCOMING, type IncomingEvent} from './incoming';
import {Lanes} from './lanes';
import type {ResolvedClientOptions} from './options';
import {Outbox} from './outbox';
import type {OutboxEntry} from './outbox-entry';
import {PresenceWatch} from './presence-watch';
import {Received} from './received';
import {Saver} from './saver';
import {tellSignals} from './signals';
import {StateHolder} from './state-holder';
import {SyncFeed} from './sync-feed';
import {TokenRenewal} from './token-renewal';
import {TokenSource} from './token-source';

/** Makes the parts of a client and puts them together. */
export function makeParts(
  options: ResolvedClientOptions,
  {signal}: AbortController,
) {
  const emitter = new Emitter();
  const onError = (err: unknown) => void emitter.emit('error', err);
  const state = new StateHolder(emitter);
  const tokens = new TokenSource(options.token, options.userIdOf);
  const identity = new Identity(tokens);
  const logs = new ChannelLogs(options.history, options.maxWaiting);
  const states = new ChannelStates();
  const lanes = new Lanes();
  const saver = new Saver(options.store, options.saveDelayMs, signal, onError);

  const connection = new Connection(
    options,
    tokens,
    {
      onUp: isRecovered => onUp(isRecovered),
      onDown: () => state.current === 'connecting' || state.set('offline'),
      onUnauthenticated: () => state.set('unauthenticated'),
      onError,
    },
    signal,
  );
  const reports = new CursorReports(connection, options, signal);
  const received = new Received(reports);
  const presence = new PresenceWatch(connection, emitter, options);
  const outbox: Outbox = new Outbox({
    ...{transport: connection, options, signal},
    onSent: (entry, ack) => onSent(entry, ack as MessageAck),
    onChange: () => saver.save('outbox', () => outbox.entries),
  });
  const feedContext: FeedContext = {
    ...{logs, states, emitter, received, lanes, identity},
    onGap: channelId => catchUp.ask(channelId),
    onMoved: () => saver.save('channels', () => logs.positions),
  };
  const feed = new Feed(feedContext);
  const syncFeed = new SyncFeed(feedContext, feed);
  const catchUp = new CatchUp({
    ...{transport: connection, logs, options, onError},
    onPage: (page, askedFrom) => syncFeed.takePage(page, askedFrom),
    onListed: page => syncFeed.takeListed(page),
    onGone: channelId => feed.drop(channelId),
    onDone: () => state.set('online'),
  });

  /** What was cut off in the middle of catching up is not made whole by recovery. */
  function onUp(isRecovered: boolean): void {
    const isWhole = isRecovered && catchUp.isDone;
    state.set(isWhole ? 'online' : 'syncing');
    if (isRecovered) catchUp.resume();
    else catchUp.askAll();
    outbox.resume();
    received.repeat();
    reports.resume();
    presence.resume();
  }

  /** Only of a first ack it is sure that the change is this one and no later. */
  function onSent({event, frame, isTried}: OutboxEntry, ack: MessageAck): void {
    if (event === ChatEvent.Notify) return;
    if (ack.seq !== undefined) {
      const message = toSentMessage(frame, ack, identity.userId);
      // An edit of it may be acked before the answer that tells of it is here.
      lanes.learn(message, identity.userId);
      if (!isTried) return feed.takeSent(message);
    }
    const {channelId, messageId = ''} = frame as WireMessageEdit;
    const place = ack.channelId ?? channelId ?? lanes.placeOf(messageId);
    if (place) feed.expect(place, ack.changeSeq);
  }

  for (const event of Object.keys(INCOMING) as IncomingEvent[]) {
    connection.listen(event, (payload, ack) => {
      feed.take(event, toBytes(payload), ack);
    });
  }
  tellSignals({connection, emitter, states, identity});
  new TokenRenewal(connection, tokens, signal, onError).start();
  return {
    ...{emitter, state, tokens, identity, logs, states, lanes, saver},
    ...{connection, reports, presence, outbox, catchUp},
  };
}

/** The parts of a client. */
export type ClientParts = ReturnType<typeof makeParts>;
