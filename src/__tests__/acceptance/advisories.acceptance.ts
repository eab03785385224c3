import {expect} from '@loopback/testlab';
import {once} from 'events';
import {connect} from 'net';
import {ChatEvent} from '../../protocol';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {givenMessage, type Device} from '../fixtures/device';
import {givenToken, givenUserId} from '../fixtures/token';
import {HostileSocket, type Address} from '../fuzz/hostile-socket';
import {field, tag, WIRE} from '../fuzz/wire-format';
import {wsFrame} from '../fuzz/ws-frame';

const POLLING = '/socket.io/?EIO=4&transport=polling';
const WEBSOCKET = '/socket.io/?EIO=4&transport=websocket';
const PLACEHOLDER = '{"_placeholder":true,"num":0}';

/** Packets that stopped servers, or filled their memory, once. */
const PACKETS: [string, string[]][] = [
  ['a placeholder by name (CVE-2022-2421)', [
    '451-1["on-sync",{"_placeholder":true,"num":"splice"}]',
    'binary',
  ]],
  ['an object for an event (CVE-2023-32695)', ['42[{"toString":"x"}]']],
  ['an attachment count of 200,000 digits (CVE-2020-36049)', [
    `45${'1'.repeat(200_000)}-["x"]`,
  ]],
  ['a thousand million attachments (CVE-2026-33151)', [
    `451000000000-["x",${PLACEHOLDER}]`,
  ]],
  ['no attachments (CVE-2026-69185)', ['450-["x"]', 'binary']],
  ['the refusal of a connection (socket.io issue 3036)', ['44["some","data"]']],
  ['bytes without a header (socket.io issue 1980)', ['binary']],
]; // prettier-ignore

/** Headers of an upgrade that stopped servers once. */
const UPGRADES: [string, string[]][] = [
  ['an extension of every object (ws, NSP-550)', [
    'Sec-WebSocket-Extensions: constructor',
  ]],
  ['a protocol of spaces (CVE-2021-32640)', [
    `Sec-WebSocket-Protocol: a${' '.repeat(10_000)}x`,
  ]],
  ['2,100 headers (CVE-2024-37890)',
    Array.from({length: 2100}, (_, i) => `${i.toString(36)}:`),
  ],
]; // prettier-ignore

describe('What stopped other servers', () => {
  const chat = givenChatAppOfSuite();
  let address: Address;
  let ann: Device;

  before('look up the address', () => {
    address = chat().address;
  });

  beforeEach(async () => {
    ann = await chat().device(givenUserId('ann'));
  });

  afterEach('somebody else notices nothing', async () => {
    const ack = await ann.send(givenMessage({receiver: givenUserId('bob')}));
    expect(ack.statusCode).to.equal(200);
  });

  async function eve(): Promise<HostileSocket> {
    const socket = new HostileSocket(address);
    const token = await givenToken(givenUserId('eve'));
    socket.text(`40${JSON.stringify({token})}`);
    await socket.until(() => !!socket.admission);
    expect(socket.admission).to.equal('let in');
    return socket;
  }

  /** Sends an HTTP request; resolves with the first of the answer, or ''. */
  async function ask(
    [method, target]: [method: string, target: string],
    headers: readonly string[] = [],
    body: string | Buffer = '',
  ): Promise<string> {
    const socket = connect(address);
    socket.on('error', () => undefined);
    const head = [`${method} ${target} HTTP/1.1`, 'Host: x', ...headers];
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
    socket.write(body);
    const [answer = ''] = await Promise.race([
      once(socket, 'data'),
      once(socket, 'close').then(() => []),
    ]);
    socket.destroy();
    return String(answer);
  }

  function upgrade(
    headers: readonly string[],
    target = WEBSOCKET,
    body?: Buffer,
  ) {
    const usual = [
      ...['Connection: Upgrade', 'Upgrade: websocket'],
      ...['Sec-WebSocket-Version: 13'],
      ...['Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='],
    ];
    return ask(['GET', target], [...usual, ...headers], body);
  }

  context('when a packet is one of those', () => {
    for (const [title, packets] of PACKETS) {
      it(`ends the connection for ${title}`, async () => {
        const socket = await eve();
        for (const packet of packets) {
          if (packet === 'binary') socket.binary(Buffer.from('x'));
          else socket.text(packet);
        }
        await socket.until(() => false);
        expect(socket.isClosed).to.be.true();
        expect(socket.problems).to.be.empty();
      });
    }

    it('answers 404 to an event named error (CVE-2024-38355)', async () => {
      const socket = await eve();
      socket.text('42["error","x"]');
      socket.emitJson('error', '"x"');
      await socket.allAcked();
      expect(socket.isClosed).to.be.false();
      socket.close();
    });

    it('takes nothing for a prototype', async () => {
      const socket = await eve();
      socket.emitJson('on-auth', '{"__proto__":{"statusCode":200}}');
      socket.emitJson('on-sync', '{"constructor":{"prototype":{"x":1}}}');
      await socket.allAcked();
      expect('statusCode' in {} || 'x' in {}).to.be.false();
      socket.close();
    });
  });

  context('when an upgrade is one of those', () => {
    for (const [title, headers] of UPGRADES) {
      it(`answers ${title}`, async () => {
        expect(await upgrade(headers)).to.match(/^HTTP\/1.1 (101|400|431) /);
      });
    }

    for (const query of [
      ...['transport=polling', 'transport=webtransport', 'transport='],
      ...['transport=__proto__', 'transport=constructor', 'transport=x&sid=y'],
      'transport=webtransport&sid=__proto__',
    ]) {
      it(`refuses ${query} (CVE-2023-31125, GHSA-gr94-w7qr-f4j3)`, async () => {
        const answer = await upgrade([], `/socket.io/?EIO=4&${query}`);
        expect(answer).to.match(/^HTTP\/1.1 (101|400) /);
      });
    }

    it('survives reserved bits right behind it (CVE-2022-21676)', async () => {
      const frame = wsFrame(Buffer.from('x'), {opcode: 1, reserved: 3});
      const answer = await upgrade([], WEBSOCKET, frame);
      expect(answer).to.startWith('HTTP/1.1 101 ');
    });

    it('survives a reset of one to HTTP/2 (CVE-2022-41940)', async () => {
      const socket = connect(address);
      const ended = once(socket, 'close');
      const lines = [`GET ${WEBSOCKET} HTTP/1.1`, 'Host: x', 'Upgrade: h2c'];
      const head = [...lines, 'Connection: Upgrade', '', ''].join('\r\n');
      socket.write(head, () => socket.resetAndDestroy());
      await ended;
    });
  });

  context('when frames are one of those', () => {
    it('ends the connection for a length of 2^63 (CVE-2016-10542)', async () => {
      const socket = await eve();
      const claimedLength = 2n ** 63n - 1n;
      socket.bytes(wsFrame(Buffer.from('x'), {opcode: 2, claimedLength}));
      await socket.until(() => false);
      expect(socket.isClosed).to.be.true();
    });

    it('ends the connection for endless fragments (CVE-2026-48779)', async () => {
      const socket = await eve();
      const part = wsFrame(Buffer.from('x'), {opcode: 0, isFinal: false});
      socket.bytes(wsFrame(Buffer.from('4'), {opcode: 1, isFinal: false}));
      socket.bytes(Buffer.concat(Array.from({length: 20_000}, () => part)));
      await socket.until(() => false);
      expect(socket.isClosed).to.be.true();
    });
  });

  context('when polling is one of those', () => {
    async function session(): Promise<string> {
      const text = await (await fetch(chat().url + POLLING)).text();
      const [, sid] = /"sid":"([^"]+)"/.exec(text) ?? [];
      return `${POLLING}&sid=${sid}`;
    }

    it('answers 413 to a body without end (CVE-2020-36048)', async () => {
      const body = '4'.repeat(300_000);
      const headers = [`Content-Length: ${body.length}`];
      const answer = await ask(['POST', await session()], headers, body);
      expect(answer).to.startWith('HTTP/1.1 413 ');
    });

    it('answers 400 to binary content (CVE-2026-59725)', async () => {
      const type = 'Content-Type: application/octet-stream';
      const headers = [type, 'Content-Length: 1'];
      const answer = await ask(['POST', await session()], headers, '4');
      expect(answer).to.startWith('HTTP/1.1 400 ');
    });
  });

  context('when protobuf is one of those (CVE-2026-44289, -48712)', () => {
    const depth = 20_000;

    async function expectRefused(socket: HostileSocket, frame: Buffer) {
      socket.emit(ChatEvent.MessageText, frame);
      await socket.allAcked();
      expect(socket.problems).to.be.empty();
      const code = 'CHAT_FRAME_INVALID';
      expect(socket.acks).to.containDeep([{statusCode: 400, code}]);
    }

    it('answers 400 to groups in groups', async () => {
      const socket = await eve();
      const open = tag(15, WIRE.SGROUP);
      const frame = Buffer.concat(Array.from({length: depth}, () => open));
      await expectRefused(socket, frame);
      socket.close();
    });

    it('answers 400 to messages in messages', async () => {
      const socket = await eve();
      let value: Buffer = Buffer.alloc(0);
      while (value.length < 60_000) {
        value = field({number: 3, type: WIRE.LEN, value});
      }
      await expectRefused(socket, value);
      socket.close();
    });
  });
});
