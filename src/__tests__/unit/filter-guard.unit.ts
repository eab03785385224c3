import type {Filter} from '@loopback/repository';
import {expect} from '@loopback/testlab';
import {ChatError} from '../../errors';
import {Message} from '../../models';
import {checkFilter} from '../../services/filter-guard';

const check = (filter?: unknown) =>
  checkFilter(Message, filter as Filter<Message>);

describe('checkFilter', () => {
  it('sets a limit where there is none', () => {
    expect(check()).to.containEql({limit: 100, offset: 0});
    expect(check({})).to.containEql({limit: 100, offset: 0});
    expect(check({limit: 7, skip: 3})).to.containEql({limit: 7, offset: 3});
    expect(check({limit: 1000})).to.containEql({limit: 1000});
  });

  it('gives every property by name, with every operator', () => {
    const where = {
      id: '01890a5d-ac96-774b-bcce-b302099a8057',
      body: {eq: 'x', neq: 'y'},
      seq: {gt: 1, gte: 1, lt: 9, lte: 9},
      changeSeq: {between: [1, 2]},
      channelId: {inq: ['a'], nin: ['b']},
      createdOn: {gt: '2026-01-01T00:00:00.000Z'},
      editedOn: null,
      deleted: false,
      and: [{or: [{kind: 'text'}, {status: 0}]}],
    };
    // Dates may be instances by now.
    const checked = JSON.parse(JSON.stringify(check({where}).where));
    expect(checked).to.deepEqual(where);
  });

  it('changes nothing of what it was given', () => {
    const filter = Object.freeze({
      where: Object.freeze({seq: 1}),
      order: Object.freeze(['seq ASC']),
    });
    check(filter);
  });

  it('names every problem at once', () => {
    const problems = problemsOf({
      where: {nope: 1, seq: 'x'},
      order: ['nope'],
      limit: 0,
      include: 'x',
    });
    expect(problems.sort()).to.deepEqual([
      'include',
      'limit',
      'order',
      'where',
      'where.seq',
    ]);
  });

  it('takes no property of a prototype for one of the model', () => {
    for (const name of ['constructor', 'toString', 'hasOwnProperty']) {
      expect(problemsOf({where: {[name]: 'x'}})).to.deepEqual(['where']);
      expect(problemsOf({order: [name]})).to.deepEqual(['order']);
      expect(problemsOf({fields: [name]})).to.deepEqual(['fields']);
    }
  });

  it('ends soon with a filter that does not', () => {
    const deep = JSON.parse('{"and":['.repeat(5000) + '{}' + ']}'.repeat(5000));
    expect(problemsOf({where: deep})).to.not.be.empty();
    const wide = {or: Array.from({length: 100_000}, () => ({seq: 1}))};
    expect(problemsOf({where: wide})).to.not.be.empty();
    const circle: {and: unknown[]} = {and: []};
    circle.and.push(circle);
    expect(problemsOf({where: circle})).to.not.be.empty();
  });

  for (const [title, filter] of [
    ['no object', {where: 5}],
    ['a list', {where: [{seq: 1}]}],
    ['an instance', {where: new Date()}],
    ['an operator of Sequelize', {where: {seq: {$gt: 1}}}],
    ['SQL for a column', {order: ['seq DESC, (SELECT 1)']}],
    ['an instance for a value', {where: {body: new Date()}}],
    ['a list for an operator', {where: {body: {eq: ['x']}}}],
    ['a list for a date', {where: {createdOn: {eq: ['2026-01-01']}}}],
    ['fields that are null', {fields: null}],
    ['fields that are a number', {fields: 5}],
  ] as [string, object][]) {
    it(`refuses ${title}`, () => {
      expect(problemsOf(filter)).to.not.be.empty();
    });
  }

  for (const filter of [null, 5, 'x', []]) {
    it(`refuses ${JSON.stringify(filter)} or takes it for none`, () => {
      const problems = problemsOf(filter);
      if (!problems.length) expect(check(filter)).to.containEql({limit: 100});
    });
  }
});

/** The paths of the problems; none when the filter is let through. */
function problemsOf(filter: unknown): string[] {
  try {
    check(filter);
    return [];
  } catch (err) {
    if (!(err instanceof ChatError)) throw err;
    expect(err.code).to.equal('CHAT_INPUT_INVALID');
    return (err.details ?? []).map(({path}) => path);
  }
}
