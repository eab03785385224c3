import {expect} from '@loopback/testlab';
import {PermissionKey} from '../../permissions';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {givenCheckedClient} from '../fixtures/checked-client';
import {OPERATIONS} from './operations';
import {World} from './world';

/** A number is the key of the eight oldest actions, in the ancestor's order. */
const NUMBERED = [
  ...['ViewMessage', 'CreateMessage', 'UpdateMessage', 'DeleteMessage'],
  ...['CreateMessageRecipient', 'ViewMessageRecipient'],
  ...['UpdateMessageRecipient', 'DeleteMessageRecipient'],
];

describe('Permission keys of operations', () => {
  const chat = givenChatAppOfSuite();

  async function statusWith(
    operationId: string,
    permissions: string[],
  ): Promise<number> {
    const world = new World();
    const options = {claims: {permissions}};
    const http = await givenCheckedClient(
      chat(),
      world.user('sender'),
      options,
    );
    const {request} = OPERATIONS[operationId];
    return (await http.send(...request(world))).status;
  }

  for (const [operationId, {keys}] of Object.entries(OPERATIONS)) {
    for (const key of keys) {
      it(`lets ${key} alone into ${operationId}`, async () => {
        expect(await statusWith(operationId, [key])).to.be.oneOf(200, 404);
      });
    }

    it(`lets ${operationId} be done by no other key`, async () => {
      for (const key of Object.values(PermissionKey)) {
        if (keys.includes(key)) continue;
        expect([key, await statusWith(operationId, [key])]).to.deepEqual([
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
