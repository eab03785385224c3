import {expect, sinon} from '@loopback/testlab';
import type {Socket as TcpSocket} from 'net';
import {ChatEvent, FRAMES} from '../../protocol';
import {
  SendBuffers,
  type EngineSocket,
} from '../../realtime/delivery/send-buffers';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {givenMessage, type Device} from '../fixtures/device';
import {givenUserId} from '../fixtures/token';

const MAX_BUFFERED = 1_048_576;
/** As long in bytes as a text may be. */
const LONG = '€'.repeat(16_000);
const MESSAGES = 20;

/** A write that waits behind others, as the engine keeps it. */
interface WaitingPacket {
  readonly data?: string | Buffer;
  readonly options?: {readonly wsPreEncodedFrame?: readonly Buffer[]};
}

describe('A client that does not read', function (this: Mocha.Suite) {
  this.timeout(60_000);
  const chat = givenChatAppOfSuite();
  let bob: string;
  let question: Uint8Array;

  /** The most that waited for any connection, asked before each write. */
  let most: number;

  beforeEach('write more than an answer has room for', async () => {
    const ann = await chat().device(givenUserId('ann'));
    bob = givenUserId('bob');
    const message = () => givenMessage({receiver: bob, text: LONG});
    const {channelId} = await ann.send(message());
    for (let i = 1; i < MESSAGES; i++) await ann.send(message());
    const channels = [{channelId: String(channelId), changeSeq: 0}];
    question = FRAMES.SyncRequest.encode({channels});
    most = 0;
    const {admits} = SendBuffers.prototype;
    const stub = sinon
      .stub(SendBuffers.prototype, 'admits')
      .callsFake(function (this: SendBuffers, conn, bytes) {
        most = Math.max(most, waitingOf(conn));
        return admits.call(this, conn, bytes);
      });
    stubs.push(stub);
  });

  const stubs: sinon.SinonStub[] = [];
  afterEach(() => stubs.splice(0).forEach(stub => stub.restore()));

  it('is cut, with little more waiting than may wait', async () => {
    const device = await chat().device(bob);
    const tcp = tcpOf(device);
    tcp.pause();
    const ended = new Promise(resolve =>
      device.socket.once('disconnect', resolve),
    );
    for (let i = 0; i < 100; i++) {
      device.socket.emit(ChatEvent.Sync, question, () => undefined);
    }
    await untilCut();
    // Two answers of one user at once, of half a megabyte each.
    expect(most).to.be.within(MAX_BUFFERED / 2, 2.2 * MAX_BUFFERED);
    tcp.resume();
    await ended;
  });

  it('is not cut when it reads, however much it asks for', async () => {
    const device = await chat().device(bob);
    for (let i = 0; i < 20; i++) {
      const ack = await device.emit(ChatEvent.Sync, question);
      expect(ack.statusCode).to.equal(200);
    }
    expect(most).to.be.below(MAX_BUFFERED);
  });

  /** The server writes nothing any more. */
  async function untilCut(): Promise<void> {
    const {admits} = SendBuffers.prototype as unknown as {
      admits: sinon.SinonStub;
    };
    while (!admits.returnValues.includes(false)) {
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  }
});

function waitingOf({writeBuffer, transport}: EngineSocket): number {
  const packets = writeBuffer as readonly WaitingPacket[];
  return packets.reduce(
    (sum, packet) => sum + sizeOf(packet),
    transport.socket?.bufferedAmount ?? 0,
  );
}

function sizeOf({data, options}: WaitingPacket): number {
  const frames = options?.wsPreEncodedFrame;
  if (!frames) return data?.length ?? 0;
  return frames.reduce((sum, frame) => sum + frame.length, 0);
}

function tcpOf({socket}: Device): TcpSocket {
  const {ws} = socket.io.engine.transport as unknown as {
    ws: {_socket: TcpSocket};
  };
  return ws._socket;
}
