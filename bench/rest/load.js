// The load: keep-alive connections that send the next request when the answer
// to the last one is whole. Plain sockets, as an HTTP client would cost more
// than what is measured.
'use strict';
const net = require('net');
const data = require('./data');

const CHANNELS_OF_A_USER = 20;

/** What is asked for by the n-th request of a user: the request line and body. */
const OPERATIONS = {
  send: (user, n) => {
    const channel = data.channelId(data.channelOfUser(user, n));
    const body = {
      body: `Message ${n} of user ${user}, of about the length people write.`,
      ...{channelId: channel, channelType: 'task', subject: 'Bench'},
    };
    return ['POST /messages', JSON.stringify(body)];
  },
  list: (user, n, order) => {
    const channelId = data.channelId(data.channelOfUser(user, n));
    const filter = JSON.stringify({
      where: {channelId},
      order: [order],
      limit: 50,
    });
    return [`GET /messages?filter=${encodeURIComponent(filter)}`];
  },
  byId: (user, n) => {
    const channel = data.channelOfUser(user, n % CHANNELS_OF_A_USER);
    const message = data.messageOfChannel(channel, n + user);
    return [`GET /messages/${data.messageId(message)}`];
  },
};

function toRequest([line, body = ''], token) {
  const type = body && 'content-type: application/json\r\n';
  const length = body && `content-length: ${Buffer.byteLength(body)}\r\n`;
  return (
    `${line} HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer ${token}\r\n` +
    `${type}${length}\r\n${body}`
  );
}

/** One connection; `send` resolves with status and body once both are here. */
class Connection {
  chunks = [];
  missing = 0;

  constructor(port) {
    this.socket = net.connect({port, host: '127.0.0.1', noDelay: true});
    this.socket.on('data', chunk => this.take(chunk));
    this.socket.on('error', err => this.settle?.({error: err.message}));
    this.socket.on('close', () => this.settle?.({error: 'closed'}));
  }

  send(request) {
    return new Promise(resolve => {
      this.settle = resolve;
      this.socket.write(request);
    });
  }

  take(chunk) {
    this.chunks.push(chunk);
    this.missing -= chunk.length;
    if (this.missing > 0) return;
    const answer = Buffer.concat(this.chunks);
    const end = answer.indexOf('\r\n\r\n');
    if (end < 0) {
      this.chunks = [answer];
      return;
    }
    const head = answer.latin1Slice(0, end);
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
    this.chunks = [answer];
    this.missing = end + 4 + length - answer.length;
    if (this.missing > 0) return;
    this.chunks = [];
    this.missing = 0;
    const status = Number(head.slice(9, 12));
    this.settle({status, body: () => answer.utf8Slice(end + 4)});
  }
}

/** Keeps every connection busy for so long. */
async function run({port, operation, order, tokens, seconds}) {
  const latencies = [];
  const errors = {};
  let last;
  const startedAt = performance.now();
  const deadline = startedAt + seconds * 1000;
  const lane = async (token, user) => {
    const connection = new Connection(port);
    for (let n = user; performance.now() < deadline; n++) {
      const request = toRequest(OPERATIONS[operation](user, n, order), token);
      const sentAt = performance.now();
      const {status, body, error} = await connection.send(request);
      latencies.push(performance.now() - sentAt);
      if (status !== 200) {
        const reason = error ?? `${status} ${body()}`;
        errors[reason] = (errors[reason] ?? 0) + 1;
        if (error) return;
      } else last = body;
    }
    connection.settle = undefined;
    connection.socket.destroy();
  };
  await Promise.all(tokens.map(lane));
  const elapsed = (performance.now() - startedAt) / 1000;
  latencies.sort((a, b) => a - b);
  const at = share => latencies[Math.floor(share * (latencies.length - 1))];
  return {
    ...{count: latencies.length, rate: latencies.length / elapsed},
    ...{p50: at(0.5), p99: at(0.99), errors, sample: last?.()},
  };
}

module.exports = {OPERATIONS: Object.keys(OPERATIONS)};

if (require.main === module) {
  process.on('message', async task => process.send(await run(task)));
  process.on('disconnect', () => process.exit());
}
