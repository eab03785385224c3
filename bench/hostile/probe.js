// Loaded into the server: times the honest users' events there, from the bytes
// read to those of the ack written, which is what the server can do about it.
'use strict';
const {Socket} = require('socket.io');

const TELL_EVERY_MS = 100;
const {ack: makeAck, onevent: takeEvent} = Socket.prototype;
const streams = new WeakMap();
let times = [];

/** Notes when something was read, and when what is acked is written. */
function watch(stream) {
  const seen = {readAt: 0, ackedOf: 0};
  stream.prependListener('data', () => (seen.readAt = performance.now()));
  const {write} = stream;
  stream.write = (...args) => {
    if (seen.ackedOf) times.push(performance.now() - seen.ackedOf);
    seen.ackedOf = 0;
    return write.apply(stream, args);
  };
  streams.set(stream, seen);
  return seen;
}

Socket.prototype.onevent = function (packet) {
  const isHonest = this.data.user?.id.startsWith('honest-');
  if (isHonest) {
    const stream = this.conn.transport.socket._socket;
    const seen = streams.get(stream) ?? watch(stream);
    const {readAt} = seen;
    this.ack = id => {
      const ack = makeAck.call(this, id);
      return (...args) => {
        seen.ackedOf = readAt;
        ack(...args);
      };
    };
  }
  return takeEvent.call(this, packet);
};

setInterval(() => {
  process.send?.({kind: 'times', times});
  times = [];
}, TELL_EVERY_MS).unref();
