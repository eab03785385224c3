import {expect} from '@loopback/testlab';
import {singleChannelId, toChatUser, type Claims} from '../../services';
import {isSingleChannelId} from '../../services/single-channel';

describe('toChatUser', () => {
  for (const [claims, id, account] of [
    [{id: 'ann'}, 'ann', undefined],
    [{id: 'ann', account: 'Ann'}, 'ann', 'Ann'],
    [{id: 'ann', username: 'Ann'}, 'ann', 'Ann'],
    [{sub: 'ann'}, 'ann', undefined],
    [{id: 'ann', sub: 'eve'}, 'ann', undefined],
    [{id: 42, account: 7}, '42', '7'],
    [{id: 0}, '0', undefined],
    [{id: 'x'.repeat(64)}, 'x'.repeat(64), undefined],
    [{id: 'ünï 🌍'}, 'ünï 🌍', undefined],
  ] as [Claims, string, string | undefined][]) {
    it(`reads ${JSON.stringify(claims)}`, () => {
      expect(toChatUser(claims)).to.containEql({id, account});
    });
  }

  for (const claims of [
    {},
    {id: ''},
    {id: null},
    {id: {}},
    {id: ['ann']},
    {id: true},
    {id: ' ann'},
    {id: 'ann\n'},
    {id: 'a\0'},
    {id: '\ud800'},
    {id: 'x'.repeat(65)},
    {id: '', sub: 'ann'},
    {account: 'ann'},
  ] as Claims[]) {
    it(`refuses ${JSON.stringify(claims).slice(0, 40)}`, () => {
      expect(() => toChatUser(claims)).to.throw({
        code: 'CHAT_UNAUTHENTICATED',
      });
    });
  }

  it('reads permissions in every form, and nothing else as one', () => {
    const {permissions} = toChatUser({
      id: 'ann',
      permissions: [
        'ViewMessage',
        '2',
        {id: '3', name: 'DeleteMessage', desc: 'd'},
        {id: '4'},
        {name: 5},
        {name: ''},
        null,
        undefined,
        6,
        '',
        ['7'],
      ],
    });
    expect(permissions).to.deepEqual(['ViewMessage', '2', 'DeleteMessage']);
  });

  it('gives no permission where the claim is no list', () => {
    for (const permissions of [undefined, null, 'ViewMessage', {0: 'x'}, 5]) {
      expect(toChatUser({id: 'a', permissions}).permissions).to.be.empty();
    }
  });

  it('is frozen', () => {
    expect(Object.isFrozen(toChatUser({id: 'ann'}))).to.be.true();
  });
});

describe('singleChannelId', () => {
  it('is the same from either end, for ever', () => {
    const id = singleChannelId('ann', 'bob');
    expect(singleChannelId('bob', 'ann')).to.equal(id);
    expect(id).to.equal('7d93479a-ab42-54a2-92ee-02b7f1db7987');
  });

  it('is another for every other pair', () => {
    const pairs = [
      ['ann', 'bob'],
      ['Ann', 'bob'],
      ['ann', 'bobb'],
      ['a', 'nn,bob'],
      ['a","b', 'c'],
      ['a', 'b","c'],
      ['1', '11'],
      ['11', '1 '],
      ['é', 'e\u0301'],
    ];
    const ids = pairs.map(([one, other]) => singleChannelId(one, other));
    expect(new Set(ids).size).to.equal(pairs.length);
  });

  it('is known by its form, in either case', () => {
    const id = singleChannelId('ann', 'bob');
    expect(isSingleChannelId(id)).to.be.true();
    expect(isSingleChannelId(id.toUpperCase())).to.be.true();
    for (const other of [
      'task-1',
      '',
      '01890a5d-ac96-774b-bcce-b302099a8057',
      `${id} `,
      `{${id}}`,
    ]) {
      expect(isSingleChannelId(other)).to.be.false();
    }
  });
});
