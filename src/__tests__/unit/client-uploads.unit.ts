import {expect} from '@loopback/testlab';
import {once} from 'events';
import {createServer, type IncomingMessage, type ServerResponse} from 'http';
import type {AddressInfo} from 'net';
import {connectChat, type ChatClient, type UploadProgress} from '../../client';
import {cleanUpAfterTest} from '../fixtures/clean-up';
import {rejection} from '../fixtures/rejection';

const STORED = {id: 'a1', channelId: 'g'};

describe('uploads of the client', () => {
  const FILE = new Blob(['x'.repeat(10_000)], {type: 'text/plain'});

  it('are posted as a form, with the token', async () => {
    const {chat, requests} = await givenStorage(200, [STORED]);
    const stored = await chat.uploads.upload({
      ...{file: FILE, name: 'a.txt', channelId: 'g'},
    });
    expect(stored).to.eql(STORED);
    const [{request, body}] = requests;
    expect(request.method).to.equal('POST');
    expect(request.url).to.equal('/api/attach-files/upload');
    expect(request.headers.authorization).to.equal('Bearer the token');
    expect(request.headers['content-type']).to.match(/^multipart\/form-data/);
    expect(body).to.match(/name="channelId"\r\n\r\ng\r\n/);
    expect(body).to.match(/name="file"; filename="a.txt"/);
    expect(body.indexOf('channelId')).to.be.below(body.indexOf('filename'));
  });

  it('tell how far they are', async () => {
    const {chat} = await givenStorage(200, STORED);
    const told: UploadProgress[] = [];
    await chat.uploads.upload({
      ...{file: FILE, channelId: 'g'},
      onProgress: progress => told.push(progress),
    });
    expect(told).to.eql([
      {loaded: 0, total: 10_000},
      {loaded: 10_000, total: 10_000},
    ]);
  });

  it('reject with the error that REST answers', async () => {
    const error = {statusCode: 413, code: 'CHAT_TOO_LARGE', details: []};
    const {chat} = await givenStorage(413, {error});
    const upload = chat.uploads.upload({file: FILE, channelId: 'g'});
    const err = await rejection(upload);
    expect(err).to.containEql({code: 'CHAT_TOO_LARGE', statusCode: 413});
  });

  for (const [title, status, answer, code] of [
    ['a page of a proxy', 503, 'Sorry', 'CHAT_UNAVAILABLE'],
    ['no id', 200, [{}], 'CHAT_INTERNAL'],
    ['nothing', 200, undefined, 'CHAT_INTERNAL'],
  ] as [string, number, unknown, string][]) {
    it(`reject when ${title} is answered`, async () => {
      const {chat} = await givenStorage(status, answer);
      const upload = chat.uploads.upload({file: FILE, channelId: 'g'});
      expect(await rejection(upload)).to.containEql({code});
    });
  }

  it('are posted once more, with another token, when that is refused', async () => {
    const shown: unknown[] = [];
    const answers = [401, 401, 200, 401];
    const chat = givenChat('http://127.0.0.1:1', {
      token: () => `token ${shown.length}`,
      fetch: async (_url: string, {headers}: {headers: object}) => {
        shown.push(Object.values(headers)[0]);
        const status = answers.shift() ?? 200;
        return new Response(JSON.stringify([STORED]), {status});
      },
    });
    const upload = () => chat.uploads.upload({file: FILE, channelId: 'g'});
    expect(await rejection(upload())).to.containEql({
      code: 'CHAT_UNAUTHENTICATED',
    });
    expect(shown).to.eql(['Bearer token 0', 'Bearer token 1']);
    expect(await upload()).to.eql(STORED);
    expect(await upload()).to.eql(STORED);
    expect(shown.slice(3)).to.eql(['Bearer token 1', 'Bearer token 4']);
  });

  it('reject when there is no server', async () => {
    const chat = givenChat('http://127.0.0.1:1');
    const upload = chat.uploads.upload({file: FILE, channelId: 'g'});
    expect(await rejection(upload)).to.containEql({code: 'CHAT_UNAVAILABLE'});
  });

  it('end when they are told to', async () => {
    const {chat} = await givenStorage(200, STORED);
    const upload = chat.uploads.upload({
      ...{file: FILE, channelId: 'g', signal: AbortSignal.abort()},
    });
    expect(await rejection(upload)).to.containEql({code: 'CHAT_UNAVAILABLE'});
  });

  context('where there is XMLHttpRequest', () => {
    const GLOBALS = globalThis as {XMLHttpRequest?: unknown};

    class FakeXhr {
      upload = {onprogress: (_progress: UploadProgress) => {}};
      status = 200;
      responseText = JSON.stringify([STORED]);
      onload = () => {};
      onerror = () => {};
      onabort = () => {};
      readonly sent: unknown[] = [];

      open(...args: unknown[]) {
        this.sent.push(...args);
      }

      setRequestHeader(...args: unknown[]) {
        this.sent.push(...args);
      }

      send(body: FormData) {
        for (const loaded of [4000, 10_300]) {
          this.upload.onprogress({loaded, total: 10_300});
        }
        if (body.get('channelId') === 'g') this.onload();
        else this.onerror();
      }

      abort() {
        this.onabort();
      }
    }

    beforeEach(() => {
      GLOBALS.XMLHttpRequest = FakeXhr;
      cleanUpAfterTest(() => delete GLOBALS.XMLHttpRequest);
    });

    it('tell how far they are, in bytes of the file', async () => {
      const told: number[] = [];
      const stored = await givenChat('http://h').uploads.upload({
        ...{file: FILE, channelId: 'g'},
        onProgress: ({loaded}) => told.push(loaded),
      });
      expect(stored).to.eql(STORED);
      expect(told).to.eql([4000, 10_000, 10_000]);
    });

    it('reject when there is no answer', async () => {
      const {uploads} = givenChat('http://h');
      const signal = AbortSignal.abort();
      for (const request of [{channelId: 'h'}, {channelId: 'g', signal}]) {
        const err = await rejection(uploads.upload({file: FILE, ...request}));
        expect(err).to.containEql({code: 'CHAT_UNAVAILABLE'});
      }
    });
  });

  it('may be the app’s own', async () => {
    const uploads = {upload: async () => ({id: 'own'})};
    const chat = givenChat('http://127.0.0.1:1', {uploads});
    expect(await chat.uploads.upload({file: FILE, channelId: 'g'})).to.eql({
      id: 'own',
    });
  });
});

function givenChat(url: string, options = {}): ChatClient {
  const chat = connectChat({url, token: 'the token', ...options});
  cleanUpAfterTest(() => chat.close());
  return chat;
}

async function givenStorage(status: number, answer: unknown) {
  const requests: {request: IncomingMessage; body: string}[] = [];
  const answerTo = async (
    request: IncomingMessage,
    response: ServerResponse,
  ) => {
    const chunks = await request.toArray();
    if (request.url?.startsWith('/socket.io')) {
      response.writeHead(404).end();
      return;
    }
    requests.push({request, body: Buffer.concat(chunks).toString()});
    response.writeHead(status, {'content-type': 'application/json'});
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
  };
  const server = createServer((request, response) => {
    void answerTo(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanUpAfterTest(() => server.close());
  const {port} = server.address() as AddressInfo;
  return {chat: givenChat(`http://127.0.0.1:${port}/api/`), requests};
}
