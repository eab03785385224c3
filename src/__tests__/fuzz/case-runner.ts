import {connect} from 'net';
import {request} from 'http';
import {once} from 'events';
import {givenToken} from '../fixtures/token';
import {problemsOfText} from './ack-oracle';
import {
  fromBase64,
  toBase64,
  type Credentials,
  type FuzzCase,
  type Step,
} from './fuzz-case';
import {ANSWER_TIMEOUT_MS, HostileSocket, type Address} from './hostile-socket';

/** How long a request without an end is waited for. */
const TCP_PATIENCE_MS = 400;
const STORM_MS = 10_000;
const TOKEN_LIFE_MS = 30 * 60_000;
/** An event that there is not; it is acked when all before it was taken in. */
const LAST_EVENT = 'nope';

/** Does what cases say, and tells what must not have happened. */
export class CaseRunner {
  private readonly tokens = new Map<string, {token: string; madeAt: number}>();
  private lastNetwork = 0;

  constructor(private readonly address: Address) {}

  /** @returns the problems; none when all is well */
  async run(fuzzCase: FuzzCase): Promise<string[]> {
    switch (fuzzCase.via) {
      case 'websocket':
        return this.byWebSocket(fuzzCase);
      case 'polling':
        return this.byPolling(fuzzCase);
      case 'tcp':
        return this.byTcp(fuzzCase.steps);
      case 'storm':
        return this.storm(fuzzCase.packets ?? []);
    }
  }

  private async byWebSocket(fuzzCase: FuzzCase): Promise<string[]> {
    const {devices = 1, credentials, userId, steps, mayClose} = fuzzCase;
    const packet = await this.packetOf(credentials, userId);
    const sockets = Array.from(
      {length: devices},
      () => new HostileSocket(this.elsewhere()),
    );
    try {
      for (const socket of sockets) {
        if (packet !== undefined) socket.text(packet);
      }
      if (credentials.kind === 'valid') await allLetIn(sockets);
      for (const step of steps) await take(sockets[step.on ?? 0], step);
      const isIn = credentials.kind === 'valid';
      await Promise.all(sockets.map(socket => finish(socket, isIn)));
      const isCut = !mayClose && sockets.some(({isClosed}) => isClosed);
      const problems = sockets.flatMap(socket => socket.problems);
      return isCut ? [...problems, 'the connection was closed'] : problems;
    } finally {
      for (const socket of sockets) socket.close();
    }
  }

  private async byPolling({
    credentials,
    userId,
    steps,
  }: FuzzCase): Promise<string[]> {
    const packet = await this.packetOf(credentials, userId);
    const opened = await this.ask('GET', '');
    const [, sid] = /"sid":"([^"]+)"/.exec(opened) ?? [];
    if (!sid) return [`no session was opened: ${opened.slice(0, 200)}`];
    const query = `&sid=${sid}`;
    if (packet) await this.ask('POST', query, packet);
    const answers = [opened, packet ? await this.ask('GET', query) : ''];
    // What is to happen at once is not waited for.
    const raw = Promise.all(
      steps.map(step => this.byTcp([withSession(step, sid)])),
    );
    for (const step of steps) {
      if (step.do === 'text') {
        answers.push(await this.ask('POST', query, step.data));
      }
    }
    const problems = (await raw).flat();
    // There may be nothing to be told.
    answers.push(await this.ask('GET', query, undefined, TCP_PATIENCE_MS));
    answers.push(await this.leave(sid));
    return [...problems, ...answers.flatMap(problemsOfText)];
  }

  private async byTcp(steps: readonly Step[]): Promise<string[]> {
    const chunks = steps.flatMap(step =>
      step.do === 'bytes' ? [fromBase64(step.data)] : [],
    );
    const text = await exchange(this.address, chunks);
    const sids = [...text.matchAll(/"sid":"([^"]+)"/g)];
    for (const [, sid] of sids) await this.leave(sid);
    return problemsOfText(text);
  }

  /**
   * A thousand connections within about a second, all from one place, none of which
   * may get in; most are turned away at the door.
   */
  private async storm(packets: readonly string[]): Promise<string[]> {
    const wave = 50;
    const sockets: HostileSocket[] = [];
    const address = this.elsewhere();
    for (let at = 0; at < packets.length; at += wave) {
      for (const packet of packets.slice(at, at + wave)) {
        const socket = new HostileSocket(address);
        socket.text(packet);
        sockets.push(socket);
      }
      await new Promise(resolve => setTimeout(resolve, wave));
    }
    // The system drops some that it has no room for, and tries again, ever later.
    await Promise.all(
      sockets.map(socket => socket.until(() => !!socket.admission, STORM_MS)),
    );
    for (const socket of sockets) socket.close();
    const isRefused = sockets.some(({admission}) => admission === 'refused');
    return [
      ...sockets.flatMap(({problems}) => problems),
      ...(isRefused ? [] : ['nobody was refused']),
      ...packets
        .filter((_, at) => sockets[at].admission === 'let in')
        .map(packet => `let in with ${packet.slice(0, 200)}`),
    ];
  }

  /** Closes a polling session, so that it does not live until it is missed. */
  private leave(sid: string): Promise<string> {
    return this.ask('POST', `&sid=${encodeURIComponent(sid)}`, '1');
  }

  private ask(
    method: string,
    query: string,
    body?: string,
    patienceMs = ANSWER_TIMEOUT_MS,
  ): Promise<string> {
    const path = `/socket.io/?EIO=4&transport=polling${query}`;
    return new Promise(resolve => {
      let text = '';
      const {host, port, network = ''} = this.elsewhere();
      const asking = request({
        ...{host, port, path, method, agent: false},
        headers: {'X-Forwarded-For': network},
      });
      const timer = setTimeout(() => asking.destroy(), patienceMs);
      asking.on('error', () => undefined);
      asking.on('close', () => {
        clearTimeout(timer);
        resolve(text);
      });
      asking.on('response', response => {
        response.on('error', () => undefined);
        response.on('data', chunk => (text += chunk));
      });
      asking.end(body);
    });
  }

  /** The server, as it is for one whom it never saw: it turns away those who fail often. */
  private elsewhere(): Address {
    const number = ++this.lastNetwork;
    const bytes = [16, 8, 0].map(bits => (number >> bits) & 255);
    return {...this.address, network: ['10', ...bytes].join('.')};
  }

  private async packetOf(
    credentials: Credentials,
    userId: string,
  ): Promise<string | undefined> {
    if (credentials.kind === 'none') return undefined;
    if (credentials.kind === 'raw') return credentials.packet;
    const known = this.tokens.get(userId);
    const isFresh = known && known.madeAt > Date.now() - TOKEN_LIFE_MS;
    const token = isFresh
      ? known.token
      : await givenToken(userId, {expiresAt: '2h'});
    if (!isFresh) this.tokens.set(userId, {token, madeAt: Date.now()});
    return `40${JSON.stringify({token})}`;
  }
}

/** Sends all of it; @returns what was answered until the end, or for a while */
async function exchange(
  address: Address,
  chunks: readonly Buffer[],
): Promise<string> {
  if (!chunks.length) return '';
  const socket = connect(address);
  let text = '';
  socket.on('error', () => undefined);
  socket.on('data', chunk => (text += chunk.toString('latin1')));
  for (const chunk of chunks) socket.write(chunk);
  socket.end();
  const signal = AbortSignal.timeout(TCP_PATIENCE_MS);
  await once(socket, 'close', {signal}).catch(() => undefined);
  socket.destroy();
  return text;
}

function withSession(step: Step, sid: string): Step {
  if (step.do !== 'bytes') return step;
  const text = fromBase64(step.data).toString('latin1').replace('SID', sid);
  return {...step, data: toBase64(Buffer.from(text, 'latin1'))};
}

async function allLetIn(sockets: readonly HostileSocket[]): Promise<void> {
  await Promise.all(
    sockets.map(async socket => {
      await socket.until(() => !!socket.admission);
      if (socket.admission) return;
      socket.problems.push('a valid token got no answer');
    }),
  );
}

async function take(socket: HostileSocket, step: Step): Promise<void> {
  switch (step.do) {
    case 'text':
      return socket.text(step.data);
    case 'binary':
      return socket.binary(fromBase64(step.data));
    case 'bytes':
      return socket.bytes(fromBase64(step.data));
    case 'emit':
      return socket.emit(step.event, fromBase64(step.frame));
    case 'emitJson':
      return socket.emitJson(step.event, step.json);
    case 'wait':
      return socket.allAcked();
    case 'ack': {
      await socket.until(() => socket.asked.length > 0, 1000);
      for (const packet of step.packets) {
        for (const id of socket.asked) {
          socket.text(packet.replace('#', String(id)));
        }
      }
    }
  }
}

/** Waits until the server has taken in everything, or has closed. */
async function finish(socket: HostileSocket, isIn: boolean): Promise<void> {
  if (isIn) {
    socket.emitJson(LAST_EVENT, '0');
    await socket.allAcked();
    return;
  }
  // An Engine.IO packet that ends the session.
  socket.text('1');
  await socket.until(() => false, TCP_PATIENCE_MS);
}
