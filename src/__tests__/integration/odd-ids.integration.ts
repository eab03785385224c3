import {expect} from '@loopback/testlab';
import {ChatInternalBindings} from '../../keys';
import type {ChannelRepository} from '../../repositories';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {describeOverStores} from '../fixtures/stores';
import {givenUserId} from '../fixtures/token';

describeOverStores('Ids that look like SQL', store => {
  const chat = givenChatAppOfSuite({store});

  for (const odd of ['$1', '$$', '-$x', ' $1 ', '?', ':id', `'"\`\\`, '\\$1']) {
    it(`number the changes of a channel with ${odd}`, async () => {
      const {app} = chat();
      const ledger = await app.get(ChatInternalBindings.ChannelLedger);
      const channels = await app.get<ChannelRepository>(
        'repositories.ChannelRepository',
      );
      const id = `${odd}${givenUserId('')}${odd}`.trim();
      await ledger.change([id], async change => {
        change.open({id, type: 'task'});
      });
      const ownerId = `${odd}😀`;
      const changeSeq = await ledger.change([id], async change => {
        change.set(id, {ownerId});
        return change.nextChange(id);
      });
      expect(changeSeq).to.equal(1);
      const channel = await channels.findById(id);
      expect(channel).to.containEql({changeSeq, ownerId});
    });
  }
});
