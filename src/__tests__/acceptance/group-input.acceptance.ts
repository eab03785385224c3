import {randomUUID} from 'crypto';
import {expect} from '@loopback/testlab';
import type {Group} from '../../services';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {asking, givenCheckedClient} from '../fixtures/checked-client';
import {expectError} from '../fixtures/conversation';
import {givenGroup, givenUser, storedChannel} from '../fixtures/group';
import {givenUserId} from '../fixtures/token';

const ADDRESS = `https://example.com/${'a'.repeat(1004)}`;

describe('Input of groups', () => {
  const chat = givenChatAppOfSuite();

  context('when a draft is wrong', () => {
    const bad: [string, string, object | string][] = [
      ['no name', 'name', {}],
      ['an empty name', 'name', {name: ''}],
      ['a blank name', 'name', {name: ' \n '}],
      ['a long name', 'name', {name: `${'x'.repeat(201)}`}],
      ['a NUL in the name', 'name', {name: 'a\0b'}],
      ['half a character', 'name', '{"name": "a\\ud800"}'],
      ['a number for a name', 'name', {name: 7}],
      ['an avatar by http', 'avatar', {avatar: 'http://example.com/a.png'}],
      ['an avatar that is a script', 'avatar', {avatar: 'javascript:alert(1)'}],
      ['an avatar with a quote', 'avatar', {avatar: 'https://a.b/"onload="'}],
      ['an avatar of no host', 'avatar', {avatar: 'https://'}],
      ['a long avatar', 'avatar', {avatar: `${ADDRESS}a`}],
      ['a NUL in the avatar', 'avatar', {avatar: 'https://a.b/\0'}],
      ['another type', 'type', {type: 'huge'}],
      ['members that are no list', 'members', {members: 'bob'}],
      ['a member that is no text', 'members.0', {members: [{id: 'bob'}]}],
      ['an empty id', 'members', {members: ['']}],
      ['a blank around an id', 'members', {members: ['bob ']}],
      ['a long id', 'members', {members: ['b'.repeat(65)]}],
      ['a NUL in an id', 'members', {members: ['b\0b']}],
      ['an owner', 'ownerId', {ownerId: 'bob'}],
      ['an id', 'id', {id: randomUUID()}],
    ];
    for (const [title, path, part] of bad) {
      it(`answers 422 to ${title}`, async () => {
        const {http} = await givenUser(chat(), 'ann');
        const name = title === 'no name' ? {} : {name: 'Hiking'};
        const draft = typeof part === 'string' ? part : {...name, ...part};
        expectError(await http.post('/groups', draft), 422, path);
        expect((await http.get('/groups')).body).to.deepEqual([]);
      });
    }
  });

  context('when a filter includes the members', () => {
    const json = (filter: object) => asking('/groups', {filter});
    for (const path of [
      json({include: ['members']}),
      json({include: [{relation: 'members'}]}),
      '/groups?filter[include]=members',
      '/groups?filter[include][]=members&filter[limit]=5',
      '/groups?filter[include][0][relation]=members',
    ]) {
      it(`includes the members for ${decodeURIComponent(path)}`, async () => {
        const {member} = await givenGroup(chat());
        const {body} = await member.http.get<Group[]>(path);
        expect(body[0].members).to.have.length(3);
      });
    }
  });

  context('when a filter is wrong', () => {
    for (const filter of [
      {where: {name: 'Hiking'}},
      {order: ['name ASC']},
      {include: ['messages']},
      {include: [{relation: 'members', scope: {where: {}}}]},
      {include: [null]},
      {limit: 0},
      {limit: 1001},
      {limit: 'ten'},
      {offset: -1},
      {offset: 2 ** 31},
    ]) {
      it(`answers 422 to ${JSON.stringify(filter)}`, async () => {
        const {http} = await givenUser(chat(), 'ann');
        expectError(await http.get(asking('/groups', {filter})), 422);
      });
    }
  });

  context('when a change is wrong', () => {
    for (const change of [
      ...[{name: ''}, {name: null}, {name: 'x'.repeat(201)}],
      ...[{avatar: 'ftp://a.b'}, {type: 'big'}, {ownerId: 'eve'}],
    ]) {
      it(`answers 422 to ${JSON.stringify(change).slice(0, 30)}`, async () => {
        const {path, owner} = await givenGroup(chat());
        expectError(await owner.http.patch(path, change), 422);
      });
    }
  });

  context('when the caller is not entitled', () => {
    const requests: [string, string, string, object?][] = [
      ['GET', '', 'any member'],
      ['PATCH', '', 'admin', {name: 'Taken over'}],
      ['DELETE', '', 'owner'],
      ['GET', '/members', 'any member'],
      ['POST', '/members', 'admin', {members: ['eve']}],
    ];
    for (const [method, suffix, needed, body] of requests) {
      it(`${method} ${suffix} is for ${needed}`, async () => {
        const group = await givenGroup(chat());
        const {admin, member, stranger, support} = group;
        const path = `${group.path}${suffix}`;
        const before = await storedChannel(chat(), group);
        const nobody = await givenCheckedClient(chat());
        const keyless = await givenUser(chat(), 'keyless', ['ViewMessage']);
        expectError(await nobody.send(method, path, body), 401);
        expectError(await keyless.http.send(method, path, body), 403);
        expectError(await stranger.http.send(method, path, body), 404);
        if (needed !== 'any member') {
          expectError(await member.http.send(method, path, body), 403);
        }
        if (needed === 'owner') {
          expectError(await admin.http.send(method, path, body), 403);
        }
        expect(await storedChannel(chat(), group)).to.deepEqual(before);
        const {status} = await support.http.send(method, path, body);
        expect([200, 204]).to.containEql(status);
      });
    }

    for (const id of [
      ...[randomUUID(), '%00', 'a'.repeat(65), '%F0%9F%98%80', '..%2Fgroups'],
    ]) {
      it(`answers 404 to the group ${id.slice(0, 20)}`, async () => {
        const {stranger, support} = await givenGroup(chat());
        for (const {http} of [stranger, support]) {
          expectError(await http.get(`/groups/${id}`), 404);
          expectError(await http.get(`/groups/${id}/members`), 404);
          expectError(await http.patch(`/groups/${id}`, {name: 'x'}), 404);
          expectError(await http.delete(`/groups/${id}`), 404);
        }
      });
    }

    it('logs each use of AdministerChat once', async () => {
      const {path, support} = await givenGroup(chat());
      const {logger} = chat();
      const uses = () =>
        logger.lines.filter(
          ({message, context}) =>
            message === 'AdministerChat was used' &&
            JSON.stringify(context).includes(support.id),
        ).length;
      await support.http.get(path);
      await support.http.get(`${path}/members`);
      await support.http.patch(path, {name: 'Reviewed'});
      expect(uses()).to.equal(3);
    });

    it('answers 404 to the id of a channel that is no group', async () => {
      const {owner, support, member} = await givenGroup(chat());
      const channelId = givenUserId('task');
      const draft = {channelType: 'task', toUserId: member.id, body: 'Hello'};
      await owner.http.post('/messages', {channelId, ...draft});
      for (const {http} of [owner, support]) {
        const path = `/groups/${channelId}`;
        expectError(await http.get(path), 404);
        expectError(await http.get(`${path}/members`), 404);
        expectError(await http.delete(path), 404);
        expectError(await http.patch(path, {name: 'x'}), 404);
        expectError(await http.delete(`${path}/members/${owner.id}`), 404);
      }
    });
  });
});
