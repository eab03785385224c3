import {expect} from '@loopback/testlab';
import {once} from 'events';
import {createServer, type IncomingMessage} from 'http';
import type {AddressInfo} from 'net';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {givenChatClient} from '../fixtures/chat-client';
import {cleanUpAfterTest} from '../fixtures/clean-up';
import {connect, givenClient, refusal} from '../fixtures/device';
import {givenToken} from '../fixtures/token';
import {readText} from '../packaging/markdown';

/** Every proxy on the way logs what is asked for. */
const PARAMETERS = ['token', 'access_token', 'auth', 'authorization', 'jwt'];

describe('The place of a token', () => {
  const chat = givenChatAppOfSuite();

  for (const name of PARAMETERS) {
    it(`is not the parameter ${name} of a socket`, async () => {
      const query = {[name]: await givenToken('ann')};
      const {data} = await refusal(givenClient(chat().url, {query}));
      expect(data).to.containEql({statusCode: 401});
    });
  }

  it('is the handshake of a socket', async () => {
    const auth = {token: await givenToken('ann')};
    const {socket} = await connect(givenClient(chat().url, {auth}));
    expect(socket.connected).to.be.true();
  });

  it('is no parameter of any operation', () => {
    const {paths} = JSON.parse(readText('openapi.json'));
    const names = Object.values<Operations>(paths)
      .flatMap(path => Object.values(path))
      .flatMap(({parameters = []}) => parameters)
      .filter(({in: place}) => place !== 'header')
      .map(parameter => parameter.name.toLowerCase());
    expect(names).to.containEql('filter');
    expect(names.filter(name => PARAMETERS.includes(name))).to.be.empty();
  });

  for (const transport of ['websocket', 'polling'] as const) {
    it(`is not the address that our client asks for by ${transport}`, async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      cleanUpAfterTest(() => server.close().closeAllConnections());
      const {port} = server.address() as AddressInfo;
      const event = transport === 'websocket' ? 'upgrade' : 'request';
      const asked = once(server, event);
      const token = await givenToken('ann');
      const url = `http://127.0.0.1:${port}`;
      givenChatClient(url, 'ann', {token, transports: [transport]});
      const [request] = (await asked) as [IncomingMessage];
      expect(request.url).to.match(new RegExp(`transport=${transport}`));
      expect(request.url).to.not.containEql(token);
      request.socket.destroy();
    });
  }
});

interface Parameter {
  readonly in: string;
  readonly name: string;
}

type Operations = Record<string, {readonly parameters?: readonly Parameter[]}>;
