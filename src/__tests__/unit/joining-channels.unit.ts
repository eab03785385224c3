import {expect} from '@loopback/testlab';
import type {ChatSocket} from '../../realtime/chat-socket';
import {JoiningChannels} from '../../realtime/joining-channels';
import {OwnChannels} from '../../realtime/own-channels';

describe('JoiningChannels', () => {
  function given(...read: string[]): JoiningChannels {
    const channels = new JoiningChannels();
    channels.addRead(read);
    return channels;
  }

  it('gives what was read', () => {
    expect(given('a', 'b').list()).to.deepEqual(['a', 'b']);
  });

  it('gives what was added, once', () => {
    const channels = given('a');
    channels.add('a');
    channels.add('b');
    expect(channels.list()).to.deepEqual(['a', 'b']);
  });

  it('leaves out what was removed before it was read', () => {
    const channels = new JoiningChannels();
    channels.remove('a');
    channels.addRead(['a', 'b']);
    expect(channels.list()).to.deepEqual(['b']);
  });

  it('heeds what was told last', () => {
    const channels = given('a');
    channels.add('a');
    channels.remove('a');
    expect(channels.list()).to.deepEqual([]);
    channels.add('a');
    expect(channels.list()).to.deepEqual(['a']);
  });
});

describe('OwnChannels', () => {
  it('give whoever is first what is known, when two ask at once', () => {
    const own = new OwnChannels();
    const socket = {} as ChatSocket;
    const [one, other] = [own.start(socket, 'ann'), own.start(socket, 'ann')];
    one.addRead(['a']);
    own.add(['ann'], 'b');
    expect(own.take(socket)).to.deepEqual(['a', 'b']);
    other.addRead(['a', 'b']);
    expect(own.take(socket)).to.deepEqual([]);
  });
});
