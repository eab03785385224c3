import {expect} from '@loopback/testlab';
import {ChatEvent} from '../../client';
import {givenChatClient} from '../fixtures/chat-client';
import {
  fakeToken,
  givenFakeChatServer,
  type FakeChatServer,
} from '../fixtures/fake-chat-server';
import {rejection} from '../fixtures/rejection';

const UNAUTHENTICATED = {statusCode: 401, code: 'CHAT_UNAUTHENTICATED'};

describe('the token of the client', () => {
  let server: FakeChatServer;
  let marks: string[];

  /** Gives another token each time it is asked. */
  const giver = () => {
    marks.push(`${marks.length}`);
    return fakeToken('ann', marks[marks.length - 1]);
  };

  beforeEach(async () => {
    server = await givenFakeChatServer();
    marks = [];
  });

  it('tells who the user is', async () => {
    const {chat} = givenChatClient(server.url, 'ännchen');
    expect(chat.userId).to.be.undefined();
    await chat.online();
    expect(chat.userId).to.equal('ännchen');
  });

  it('tells it by another claim where the host says so', async () => {
    const {chat} = givenChatClient(server.url, 'ann', {
      userIdOf: ({iss, id}) => `${String(iss)} ${String(id)}`,
    });
    await chat.online();
    expect(chat.userId).to.match(/ ann$/);
  });

  it('is asked for once, however often the connection breaks', async () => {
    const ann = givenChatClient(server.url, 'ann', {token: giver});
    await ann.chat.online();
    server.cut('ann');
    await ann.until(() => ann.chat.state === 'offline');
    await ann.chat.online();
    expect(marks).to.have.length(1);
    expect(server.tokens).to.have.length(2);
  });

  it('is renewed when it expires soon', async () => {
    const ann = givenChatClient(server.url, 'ann', {token: giver});
    await ann.chat.online();
    tellExpiry();
    await until(() => server.frames(ChatEvent.Auth).length > 0);
    expect(server.frames(ChatEvent.Auth)).to.eql([
      {token: fakeToken('ann', '1')},
    ]);
    expect(ann.chat.state).to.equal('online');
  });

  it('is left as it is when it is a static one', async () => {
    const {chat} = givenChatClient(server.url, 'ann');
    await chat.online();
    tellExpiry();
    await chat.sendText({to: {user: 'bob'}, text: 'Hi'});
    expect(server.frames(ChatEvent.Auth)).to.be.empty();
  });

  it('tells of a renewal that is refused', async () => {
    const ann = givenChatClient(server.url, 'ann', {token: giver});
    await ann.chat.online();
    server.script(ChatEvent.Auth, (_frame, ack) => ack(UNAUTHENTICATED));
    tellExpiry();
    await ann.until(() => ann.errors.length > 0);
    expect(ann.errors[0]).to.containEql({code: 'CHAT_UNAUTHENTICATED'});
  });

  it('is asked for once more when it is refused', async () => {
    server.admits = token =>
      token === fakeToken('ann', '1') ? undefined : UNAUTHENTICATED;
    const {chat} = givenChatClient(server.url, 'ann', {token: giver});
    await chat.online();
    expect(marks).to.eql(['0', '1']);
  });

  it('ends in a state of its own when that is refused too', async () => {
    server.admits = () => UNAUTHENTICATED;
    const {chat} = givenChatClient(server.url, 'ann', {token: giver});
    const err = await rejection(chat.online());
    expect(err).to.containEql({code: 'CHAT_UNAUTHENTICATED'});
    expect(chat.state).to.equal('unauthenticated');
    expect(marks).to.eql(['0', '1']);
  });

  it('can be given anew, and what was unsent is sent then', async () => {
    server.admits = token =>
      token === fakeToken('ann', 'good') ? undefined : UNAUTHENTICATED;
    const {chat} = givenChatClient(server.url, 'ann');
    const sent = chat.sendText({to: {user: 'bob'}, text: 'Hi'});
    await rejection(chat.online());
    expect(server.tokens).to.have.length(1);
    chat.authenticate(fakeToken('ann', 'good'));
    expect(await sent).to.containEql({seq: 1});
    chat.authenticate(fakeToken('ann', 'better'));
    await until(() => server.frames(ChatEvent.Auth).length > 0);
  });

  it('is waited for when its function fails', async () => {
    let isDown = true;
    const token = async () => {
      if (isDown) throw new Error('No network');
      return fakeToken('ann');
    };
    const ann = givenChatClient(server.url, 'ann', {token});
    await ann.until(() => ann.errors.length === 2);
    isDown = false;
    await ann.chat.online();
    expect(String(ann.errors[0])).to.equal('Error: No network');
  });

  it('does not matter to other refusals, after which it tries again', async () => {
    server.admits = () =>
      server.tokens.length < 3 ? {statusCode: 503, code: 'X'} : undefined;
    const ann = givenChatClient(server.url, 'ann', {token: giver});
    await ann.chat.online();
    expect(marks).to.have.length(1);
    expect(ann.errors).to.have.length(2);
  });

  it('is shown again when the server ends the connection', async () => {
    const ann = givenChatClient(server.url, 'ann');
    await ann.chat.online();
    server.admits = () => UNAUTHENTICATED;
    server.socketsOf('ann').forEach(socket => socket.disconnect(true));
    await ann.until(() => ann.chat.state === 'unauthenticated');
    expect(ann.states.slice(-2)).to.eql(['offline', 'unauthenticated']);
  });

  function tellExpiry(): void {
    server.io.emit(ChatEvent.Auth, {reason: 'expiring', expiresAt: Date.now()});
  }
});

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise(resolve => setTimeout(resolve, 5));
}
