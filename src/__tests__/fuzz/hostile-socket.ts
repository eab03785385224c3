import {EventEmitter, once} from 'events';
import {connect, type Socket} from 'net';
import {problemsOfAck, problemsOfRefusal, problemsOfText} from './ack-oracle';
import {wsFrame, WsFrameReader, type ServerFrame} from './ws-frame';

const OPENING = 'EIO=4&transport=websocket';
const HEADERS = [
  ...['Host: x', 'Connection: Upgrade', 'Upgrade: websocket'],
  ...[
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  ],
].join('\r\n');
const TEXT = 1;
const BINARY = 2;
const CLOSE = 8;
const PACKET = /^([0-6])(?:(\d+)-)?(?:(\/[^,]*),)?(\d*)([^]*)$/;

/** A request that opens a WebSocket, whatever its query. */
export const upgradeText = (query = OPENING, headers = ''): string =>
  `GET /socket.io/?${query} HTTP/1.1\r\n${HEADERS}${headers}\r\n\r\n`;

/** How long an answer may take on a busy machine. */
export const ANSWER_TIMEOUT_MS = 60_000;

/** Where the server is. */
export interface Address {
  readonly host: string;
  readonly port: number;
  /** Whom the server takes the other end for, when it trusts its proxies. */
  readonly network?: string;
}

/**
 * A WebSocket connection that sends anything, and judges what it is answered.
 * It speaks by itself only what keeps it alive.
 */
export class HostileSocket {
  /** What must not have been. */
  readonly problems: string[] = [];
  /** What its events were answered. */
  readonly acks: unknown[] = [];
  /** The ids of the acks that the server asked for. */
  readonly asked: number[] = [];
  /** What the connection was answered: let in, refused, or nothing yet. */
  admission?: 'let in' | 'refused';
  isClosed = false;
  private readonly socket: Socket;
  private readonly reader = new WsFrameReader();
  private readonly changes = new EventEmitter().setMaxListeners(0);
  private readonly unanswered = new Set<number>();
  private readonly answered = new Set<number>();
  private head: string | undefined = '';
  private ackId = 1000;
  /** What waits for the Engine.IO handshake, before which all is lost. */
  private waiting: Buffer[] | undefined = [];

  constructor(address: Address, query = OPENING) {
    this.socket = connect(address);
    this.socket.setNoDelay(true);
    this.socket.on('error', () => undefined);
    this.socket.on('data', chunk => this.take(chunk));
    this.socket.once('close', () => {
      this.isClosed = true;
      this.changes.emit('change');
    });
    const {network} = address;
    const forwarded = network ? `\r\nX-Forwarded-For: ${network}` : '';
    this.socket.write(upgradeText(query, forwarded));
    // One that is taken up is not told that it is open.
    if (query !== OPENING) this.open();
  }

  text(data: string): void {
    this.bytes(wsFrame(Buffer.from(data), {opcode: TEXT}));
  }

  binary(data: Buffer): void {
    this.bytes(wsFrame(data, {opcode: BINARY}));
  }

  bytes(data: Buffer): void {
    if (this.waiting) this.waiting.push(data);
    else if (this.socket.writable) this.socket.write(data);
  }

  /** Sends an event that has to be acked. */
  emit(event: string, frame: Buffer): void {
    const placeholder = '{"_placeholder":true,"num":0}';
    this.text(
      `451-${this.expectAck()}[${JSON.stringify(event)},${placeholder}]`,
    );
    this.binary(frame);
  }

  /** The same, with what is no frame. */
  emitJson(event: string, json: string): void {
    this.text(`42${this.expectAck()}[${JSON.stringify(event)},${json}]`);
  }

  /** Resolves when it holds, the connection has ended, or time is up. */
  async until(
    isSo: () => boolean,
    timeoutMs = ANSWER_TIMEOUT_MS,
  ): Promise<boolean> {
    const signal = AbortSignal.timeout(timeoutMs);
    while (!isSo() && !this.isClosed && !signal.aborted) {
      await once(this.changes, 'change', {signal}).catch(() => undefined);
    }
    return isSo();
  }

  /** Resolves when everything that was emitted is acked; notes what is not. */
  async allAcked(): Promise<void> {
    await this.until(() => this.unanswered.size === 0);
    if (this.unanswered.size && !this.isClosed) {
      this.problems.push(`${this.unanswered.size} events were not acked`);
      this.unanswered.clear();
    }
  }

  /** Reads on, and looks at nothing any more: who attacks has no use for answers. */
  ignore(): void {
    this.socket.removeAllListeners('data').resume();
  }

  close(): void {
    this.socket.destroy();
  }

  private expectAck(): number {
    this.unanswered.add(++this.ackId);
    return this.ackId;
  }

  private take(chunk: Buffer): void {
    for (const frame of this.reader.read(this.afterHead(chunk))) {
      this.takeFrame(frame);
    }
    this.changes.emit('change');
  }

  /** Leaves out the answer to the upgrade. */
  private afterHead(chunk: Buffer): Buffer {
    if (this.head === undefined) return chunk;
    this.head += chunk.toString('latin1');
    const end = this.head.indexOf('\r\n\r\n');
    if (end === -1) return Buffer.alloc(0);
    const rest = this.head.slice(end + 4);
    this.head = undefined;
    return Buffer.from(rest, 'latin1');
  }

  private takeFrame({opcode, payload}: ServerFrame): void {
    // Whoever does not answer it keeps the socket for half a minute.
    if (opcode === CLOSE) this.close();
    if (opcode !== TEXT) return;
    const text = payload.toString();
    this.problems.push(...problemsOfText(text));
    if (text.startsWith('0')) this.open();
    if (text === '2') this.text('3');
    if (text.startsWith('4')) this.takePacket(text.slice(1));
  }

  private open(): void {
    const {waiting = []} = this;
    this.waiting = undefined;
    for (const data of waiting) this.bytes(data);
  }

  private takePacket(packet: string): void {
    const [, type, , , id = '', json] = PACKET.exec(packet) ?? [];
    if (type === '0') this.admission = 'let in';
    if (type === '4') {
      this.admission = 'refused';
      this.problems.push(...problemsOfRefusal(JSON.parse(json)));
    }
    if ((type === '2' || type === '5') && id) this.asked.push(Number(id));
    if (type === '3' || type === '6') this.takeAck(Number(id), json);
  }

  private takeAck(id: number, json: string): void {
    // An id of hundreds of digits comes back as `Infinity`, to who made it up.
    const [ack]: unknown[] = JSON.parse(json.slice(json.indexOf('[')));
    this.acks.push(ack);
    this.problems.push(...problemsOfAck(ack));
    if (this.answered.has(id) && id > 1000 && id <= this.ackId) {
      this.problems.push(`the event ${id} was acked twice`);
    }
    this.answered.add(id);
    this.unanswered.delete(id);
  }
}
