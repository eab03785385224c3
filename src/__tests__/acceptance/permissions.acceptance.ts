import {expect} from '@loopback/testlab';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {givenMessage} from '../fixtures/device';
import type {HttpErrorBody} from '../fixtures/http-client';
import {givenUserId} from '../fixtures/token';

const VIEW = 'view';
const CREATE = 'create';

/** Claims of permissions, with what they allow. */
const CASES: [string, unknown, string[]][] = [
  ['all as names', ['ViewMessage', 'CreateMessage'], [VIEW, CREATE]],
  ['one name', ['CreateMessage'], [CREATE]],
  ['the other name', ['ViewMessage'], [VIEW]],
  ['numbers as strings', ['1', '2'], [VIEW, CREATE]],
  ["'2'", ['2'], [CREATE]],
  [
    'objects',
    [
      {id: '10', name: 'ViewMessage', desc: 'see'},
      {id: '11', name: 'CreateMessage', desc: 'send'},
    ],
    [VIEW, CREATE],
  ],
  ['an object named by number', [{id: '10', name: '2', desc: ''}], [CREATE]],
  ['an object whose id is a number', [{id: '2', name: 'Other', desc: ''}], []],
  ['an object with an id only', [{id: 'CreateMessage'}], []],
  ['other keys', ['UpdateMessage', '3', 'DeleteMessage', '4'], []],
  ['nothing', [], []],
  ['no claim', undefined, []],
  ['null', null, []],
  ['a string', 'CreateMessage', []],
  ['an object of keys', {CreateMessage: true}, []],
  ['nulls and numbers', [null, 1, 2, [], ['CreateMessage']], []],
  ['another case', ['createmessage', 'VIEWMESSAGE'], []],
  ['a wildcard', ['*'], []],
  ['the key of support', ['AdministerChat'], []],
];

describe('Permissions', () => {
  const chat = givenChatAppOfSuite();

  for (const [title, permissions, allowed] of CASES) {
    context(`when the token has ${title}`, () => {
      const options = {claims: {permissions}};
      const can = (action: string) => allowed.includes(action);

      it(`answers ${can(CREATE) ? 200 : 403} to a message`, async () => {
        const http = await chat().http(givenUserId('ann'), options);
        const draft = {toUserId: givenUserId('bob'), body: 'Hi'};
        const {status, body} = await http.post('/messages', draft);
        expect(status).to.equal(can(CREATE) ? 200 : 403);
        if (!can(CREATE)) expectForbidden(body);
      });

      it(`acks ${can(CREATE) ? 200 : 403} to a frame`, async () => {
        const device = await chat().device(givenUserId('ann'), options);
        const receiver = givenUserId('bob');
        const ack = await device.send(givenMessage({receiver}));
        if (can(CREATE)) expect(ack).to.containEql({statusCode: 200});
        else {
          expect(ack).to.deepEqual({
            statusCode: 403,
            code: 'CHAT_FORBIDDEN',
            message: 'You may not do this.',
          });
        }
      });

      it(`answers ${can(VIEW) ? 200 : 403} to a question`, async () => {
        const http = await chat().http(givenUserId('ann'), options);
        const id = '01890a5d-ac96-774b-bcce-b302099a8057';
        const list = await http.find();
        const one = await http.get(`/messages/${id}`);
        expect(list.status).to.equal(can(VIEW) ? 200 : 403);
        expect(one.status).to.equal(can(VIEW) ? 404 : 403);
      });
    });
  }

  context('when the body is bad as well', () => {
    it('asks for the token first', async () => {
      const http = await chat().http();
      const {status} = await http.post('/messages', {body: 5});
      expect(status).to.equal(401);
    });
  });

  function expectForbidden(body: unknown): void {
    expect((body as HttpErrorBody).error).to.deepEqual({
      statusCode: 403,
      name: 'ChatError',
      message: 'You may not do this.',
      code: 'CHAT_FORBIDDEN',
    });
  }
});
