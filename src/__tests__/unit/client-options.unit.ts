import {expect} from '@loopback/testlab';
import {connectChat, type ChatClientOptions} from '../../client';
import {rejection} from '../fixtures/rejection';

describe('the options of the client', () => {
  const RIGHT = {url: 'http://127.0.0.1:1', token: 'x'};

  for (const [problem, options] of [
    ['url: must be a URL', {url: 'nowhere'}],
    ['token: must be given', {token: ''}],
    ['colour: is not known', {colour: 'red'}],
    ['ackTimeoutMs: must be an integer of at least 1', {ackTimeoutMs: 0}],
    ['maxUnsent: must be an integer of at least 1', {maxUnsent: 1.5}],
    ['resyncMs: must be an integer of at least 0', {resyncMs: -1}],
  ] as [string, Partial<ChatClientOptions>][]) {
    it(`are refused: ${problem}`, () => {
      expect(() => connectChat({...RIGHT, ...options})).to.throw(
        `Options: ${problem}`,
      );
    });
  }

  it('are refused with all that is wrong', () => {
    const wrong = {url: '', token: '', maxUnsent: 0};
    expect(() => connectChat(wrong)).to.throw(/maxUnsent.*; url.*; token/);
  });

  it('may be left out', async () => {
    const chat = connectChat({...RIGHT, path: undefined});
    expect(chat.state).to.equal('connecting');
    const online = rejection(chat.online());
    await chat.close();
    expect(chat.state).to.equal('closed');
    expect(await online).to.containEql({code: 'CHAT_UNAVAILABLE'});
  });

  it('after closing: refuses all', async () => {
    const chat = connectChat(RIGHT);
    await chat.close();
    const text = {to: {user: 'bob'}, text: 'Hi'};
    for (const refused of [chat.sendText(text), chat.markRead('g', 1)]) {
      const err = await rejection(refused);
      expect(err).to.containEql({code: 'CHAT_UNAVAILABLE'});
    }
    expect(await rejection(chat.markRead('g'))).to.containEql({
      code: 'CHAT_NOT_FOUND',
    });
    expect(await rejection(chat.presence(['bob']))).to.containEql({
      reason: 'disconnected',
    });
  });
});
