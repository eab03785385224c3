import {expect} from '@loopback/testlab';
import {foldWord, WordMatcher, wordsOf} from '../../repositories/search/words';

const textsOf = (text: string) => [...wordsOf(text)].map(word => word.text);

describe('Words of a text', () => {
  it('are runs of letters, digits and marks', () => {
    expect(textsOf('It’s 5_pm, <b>Zoë</b>; x86/64!')).to.deepEqual([
      ...['It', 's', '5', 'pm', 'b', 'Zoë', 'b', 'x86', '64'],
    ]);
    expect(textsOf('cafe\u0301 नमस्ते 한국어 你好，世界')).to.deepEqual([
      ...['cafe\u0301', 'नमस्ते', '한국어', '你好', '世界'],
    ]);
  });

  it('are none where there are only signs', () => {
    for (const text of ['', ' \n', '%_\\', '😀👍', '\u200d\ufe0f', '\ud800']) {
      expect(textsOf(text)).to.deepEqual([]);
    }
  });

  it('are where they are, behind what has two units too', () => {
    const text = '😀 𝒳y 👩‍👩‍👧end';
    for (const {text: word, start, end} of wordsOf(text)) {
      expect(text.slice(start, end)).to.equal(word);
    }
    expect(textsOf(text)).to.deepEqual(['𝒳y', 'end']);
  });
});

describe('A folded word', () => {
  it('has neither case nor accents', () => {
    for (const word of ['CAFÉ', 'café', 'cafe\u0301', 'Cafe']) {
      expect(foldWord(word)).to.equal('cafe');
    }
    expect(foldWord('İstanbul')).to.equal('istanbul');
  });

  it('keeps the marks that make another word, and syllables whole', () => {
    expect(foldWord('कि')).to.not.equal(foldWord('क'));
    expect(foldWord('한')).to.equal('한');
    expect(new WordMatcher('하').matches('한국')).to.be.empty();
  });
});

describe('A word matcher', () => {
  const matcher = new WordMatcher('Tea, te MILK');

  it('knows the beginnings asked for', () => {
    expect(matcher.matches('teapot').sort()).to.deepEqual(['te', 'tea']);
    expect(matcher.matches('ten')).to.deepEqual(['te']);
    expect(matcher.matches('t')).to.deepEqual([]);
    expect(matcher.matches('steam')).to.deepEqual([]);
  });

  it('asks a text for all of them', () => {
    expect(matcher.matchesAll('Milk with tea')).to.be.true();
    expect(matcher.matchesAll('Milk with ten')).to.be.false();
    expect(matcher.matchesAll('')).to.be.false();
  });

  it('is empty where nothing can be found', () => {
    expect(new WordMatcher('%_ 😀').isEmpty).to.be.true();
    expect(matcher.isEmpty).to.be.false();
  });
});
