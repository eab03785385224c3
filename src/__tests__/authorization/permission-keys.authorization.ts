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

/** An operation's keys, and a request for it into an empty world. */
interface Asked {
  readonly keys: readonly PermissionKey[];
  readonly request: () => Request;
}

const OPERATION_ROWS: Readonly<Record<string, Asked>> = {
  ...mapped(OPERATIONS, ({request}) => request(new World())),
  ...mapped(CONVERSATION_OPERATIONS, ({request}) =>
    request(new ConversationWorld()),
  ),
};

function mapped<R extends {readonly keys: readonly PermissionKey[]}>(
  rows: Readonly<Record<string, R>>,
  toRequest: (row: R) => Request,
): Record<string, Asked> {
  return Object.fromEntries(
    Object.entries(rows).map(([id, row]) => [
      id,
      {keys: row.keys, request: () => toRequest(row)},
    ]),
  );
}

describe('Permission keys of operations', () => {
  const chat = givenChatAppOfSuite();

  /** Asks as somebody who has nothing to do with what is asked for. */
  async function statusWith(
    request: Request,
    permissions: string[],
  ): Promise<number> {
    const options = {claims: {permissions}};
    const nobody = givenUserId('nobody');
    const http = await givenCheckedClient(chat(), nobody, options);
    return (await http.send(...request)).status;
  }

  for (const [operationId, {keys, request}] of Object.entries(OPERATION_ROWS)) {
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
