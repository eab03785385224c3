import {expect} from '@loopback/testlab';
import {PermissionKey} from '../../permissions';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {givenCheckedClient} from '../fixtures/checked-client';
import {givenUserId} from '../fixtures/token';
import {CONVERSATION_OPERATIONS} from './conversation-operations';
import {ConversationWorld} from './conversation-world';
import {OPERATIONS} from './operations';
import {World} from './world';

/** A number is the key of the eight oldest actions, in the ancestor's order. */
const NUMBERED = [
  ...['ViewMessage', 'CreateMessage', 'UpdateMessage', 'DeleteMessage'],
  ...['CreateMessageRecipient', 'ViewMessageRecipient'],
  ...['UpdateMessageRecipient', 'DeleteMessageRecipient'],
];

type Request = readonly [string, string, object?];

/** Every operation with its keys, and a request for it into an empty world. */
const OPERATION_ROWS: [
  string,
  {keys: readonly PermissionKey[]; request: () => Request},
][] = [
  ...Object.entries(OPERATIONS).map(
    ([id, {keys, request}]) =>
      [id, {keys, request: () => request(new World())}] as const,
  ),
  ...Object.entries(CONVERSATION_OPERATIONS).map(
    ([id, {keys, request}]) =>
      [id, {keys, request: () => request(new ConversationWorld())}] as const,
  ),
].map(([id, row]) => [id, row]);

describe('Permission keys of operations', () => {
  const chat = givenChatAppOfSuite();

  /** Asks as somebody who has nothing to do with what is asked for. */
  async function statusWith(
    request: Request,
    permissions: string[],
  ): Promise<number> {
    const options = {claims: {permissions}};
    const http = await givenCheckedClient(chat(), givenUserId(), options);
    return (await http.send(...request)).status;
  }

  for (const [operationId, {keys, request}] of OPERATION_ROWS) {
    for (const key of keys) {
      it(`lets ${key} alone into ${operationId}`, async () => {
        expect(await statusWith(request(), [key])).to.be.oneOf(200, 404);
      });
    }

    it(`lets ${operationId} be done by no other key`, async () => {
      for (const key of Object.values(PermissionKey)) {
        if (keys.includes(key)) continue;
        expect([key, await statusWith(request(), [key])]).to.deepEqual([
          key,
          403,
        ]);
      }
    });
  }

  it('numbers the actions as the ancestor did', () => {
    for (const {keys} of Object.values(OPERATIONS)) {
      const [name, number] = keys;
      if (!number) expect(NUMBERED).to.not.containEql(name);
      else expect(NUMBERED[Number(number) - 1]).to.equal(name);
    }
  });
});
