import {expect, sinon} from '@loopback/testlab';
import {
  DuplicateMessageError,
  type Appended,
  type MessageAppender,
  type NewMessage,
} from '../../repositories/log/message-appender';
import {MessageLog} from '../../repositories/log/message-log';
import type {StoredMessage} from '../../repositories';

const LIMITS = {maxBatchSize: 10, maxBatchesInFlight: 2, maxWaiting: 100};
const messageOf = (id: string): NewMessage => ({
  ...{id, channelId: 'c', createdBy: 'ann', body: id, kind: 'text'},
});

describe('A message log to which a message is sent again', () => {
  /** What the store has, by id. */
  const rows = new Map<string, NewMessage>();
  const append = sinon.spy(async (messages: readonly NewMessage[]) => {
    if (messages.some(({id}) => rows.has(id)))
      throw new DuplicateMessageError();
    messages.forEach(message => rows.set(message.id, message));
    const numbers = messages.map(({id}, index) => {
      const seq = rows.size - messages.length + index + 1;
      return [id, {channelType: 'task', seq, changeSeq: seq}] as const;
    });
    return {numbers: new Map(numbers), overtaken: new Set()} as Appended;
  });
  const appender: MessageAppender = {open: async () => [], append};
  const find = sinon.stub<[string[]], Promise<StoredMessage[]>>();
  let log: MessageLog;

  beforeEach(() => {
    rows.clear();
    append.resetHistory();
    find.reset();
    find.callsFake(
      async ids => ids.flatMap(id => rows.get(id) ?? []) as StoredMessage[],
    );
    log = new MessageLog(appender, find, async () => new Set(), LIMITS);
  });

  const send = (...ids: string[]) =>
    Promise.all(ids.map(id => log.append({message: messageOf(id)})));
  const sentIds = () =>
    append.getCalls().map(({args: [messages]}) => messages.map(({id}) => id));

  it('appends the others at the first try', async () => {
    await send('a');
    const answers = await send('b', 'a', 'c');
    expect(answers.map(answer => answer?.id)).to.eql(['b', 'a', 'c']);
    expect(sentIds()).to.eql([['a'], ['b', 'c']]);
    expect(find.args).to.eql([[['a']]]);
  });

  it('appends nothing where nothing else is sent', async () => {
    await send('a', 'b');
    await send('b', 'a');
    expect(sentIds()).to.eql([['a', 'b']]);
  });

  it('looks nothing up for new ones', async () => {
    await send('a', 'b');
    await send('c');
    sinon.assert.notCalled(find);
  });

  it('knows it from then on where another process stored it', async () => {
    rows.set('a', messageOf('a'));
    await send('a', 'b');
    await send('a', 'c');
    expect(sentIds()).to.eql([['a', 'b'], ['b'], ['c']]);
  });

  it('stores it anew where it is gone', async () => {
    await send('a');
    rows.delete('a');
    const [again] = await send('a', 'b');
    expect(again).to.containEql({id: 'a', seq: 1});
    expect(sentIds()).to.eql([['a'], ['a', 'b']]);
  });

  it('tells that it cannot be looked up, and answers the next time', async () => {
    await send('a');
    find.onFirstCall().rejects(new Error('gone'));
    await expect(send('a')).to.be.rejectedWith('gone');
    expect((await send('a'))[0]?.id).to.equal('a');
    expect(sentIds()).to.eql([['a']]);
  });
});
