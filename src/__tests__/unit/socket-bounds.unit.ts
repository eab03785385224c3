import {expect, sinon} from '@loopback/testlab';
import {once} from 'events';
import {createServer, type Server} from 'http';
import type {AddressInfo} from 'net';
import {WebSocket} from 'ws';
import {FrameATurnServer} from '../../realtime/limits/frame-a-turn';
import {boundPayloads} from '../../realtime/limits/payload-bound';
import {cleanUpAfterTest} from '../fixtures/clean-up';

describe('FrameATurnServer', () => {
  /** Both ends of one connection. */
  async function givenPair() {
    const http: Server = createServer();
    const server = new FrameATurnServer({noServer: true});
    const taken = new Promise<WebSocket>(resolve =>
      http.on('upgrade', (request, socket, head) =>
        server.handleUpgrade(request, socket, head, resolve),
      ),
    );
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    const {port} = http.address() as AddressInfo;
    const client = new WebSocket(`ws://127.0.0.1:${port}`);
    await once(client, 'open');
    cleanUpAfterTest(() => {
      client.terminate();
      http.close();
    });
    return {client, taken: await taken};
  }

  it('answers pings', async () => {
    const {client} = await givenPair();
    client.ping('hello');
    const [data] = await once(client, 'pong');
    expect(String(data)).to.equal('hello');
  });

  it('answers none of who lets too much wait', async () => {
    const {client, taken} = await givenPair();
    const pong = sinon.spy(taken, 'pong');
    Object.defineProperty(taken, 'bufferedAmount', {value: 1_048_577});
    client.ping();
    await once(taken, 'ping');
    expect(pong.called).to.be.false();
  });
});

describe('boundPayloads', () => {
  const givenPolling = () => {
    const polling = {
      name: 'polling',
      onData: sinon.spy(),
      onPollRequest: sinon.spy(),
      onError: sinon.spy(),
    };
    const {onPollRequest} = polling;
    boundPayloads(polling);
    return {polling, polled: onPollRequest};
  };

  const givenAnswer = (writableFinished: boolean) => {
    const answer = {
      writableFinished,
      end: sinon.spy(),
      writeHead: sinon.stub(),
    };
    answer.writeHead.returns(answer);
    return answer;
  };

  const poll = (
    {polling}: ReturnType<typeof givenPolling>,
    answer: ReturnType<typeof givenAnswer>,
  ) => (polling.onPollRequest as Function)({}, answer);

  it('lets who has read the last answer ask for the next', () => {
    const given = givenPolling();
    for (let i = 0; i < 3; i++) poll(given, givenAnswer(true));
    expect(given.polled.callCount).to.equal(3);
    expect(given.polling.onError.called).to.be.false();
  });

  it('ends a connection that has not read the last answer', () => {
    const given = givenPolling();
    poll(given, givenAnswer(false));
    const second = givenAnswer(false);
    poll(given, second);
    expect(given.polled.callCount).to.equal(1);
    expect(given.polling.onError.callCount).to.equal(1);
    expect(second.writeHead.firstCall.args).to.eql([400]);
    expect(second.end.called).to.be.true();
  });
});
