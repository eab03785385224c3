import {expect} from '@loopback/testlab';
import {isEmoji} from '../../services/emoji';

describe('Emoji', () => {
  for (const text of [
    ...['👍', '👍🏽', '❤️', '😀', '🇩🇪', '1️⃣', '#️⃣', '👨‍👩‍👧‍👦', '🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
    ...[':+1:', ':-1:', ':party_parrot:', `:${'x'.repeat(62)}:`],
  ]) {
    it(`takes ${text}`, () => {
      expect(isEmoji(text)).to.be.true();
      expect(text.length).to.be.belowOrEqual(64);
    });
  }

  for (const text of [
    ...['', ' ', 'a', '1', '#', '©', '❤', '🇩', '👍👍', '👍 ', ' 👍', '\n👍'],
    ...['👍\n', '\u200d', '\ufe0f', '🏽'.repeat(2), '👍\0', '\ud83d', 'x👍'],
    ...['::', ':', ':A:', ':a b:', ':a', 'a:', ':ä:', ':👍:', ':a::b:'],
    ...[`:${'x'.repeat(63)}:`, "';--", '<b>', '%00', ':a:\n'],
  ]) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(isEmoji(text)).to.be.false();
    });
  }
});
