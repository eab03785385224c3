/** A word of a text, and where it is: `start` and `end` are UTF-16 offsets. */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

// Letters and digits of any script, with their marks; what lies between them is
// of no meaning to a search. A mark alone is of an emoji.
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
const ACCENT = /[\u0300-\u036f]/g;

/** Finds the words of a text, one after the other. */
export function* wordsOf(text: string): Generator<Word> {
  for (const match of text.matchAll(WORD)) {
    const [word] = match;
    const start = match.index ?? 0;
    yield {text: word, start, end: start + word.length};
  }
}

/** Makes a word comparable, whatever its case and accents. */
export function foldWord(word: string): string {
  const lower = word.toLowerCase();
  return lower.normalize('NFD').replace(ACCENT, '').normalize('NFC');
}

/** Tells of any word whether it begins like one of those asked for. */
export class WordMatcher {
  private readonly asked: ReadonlySet<string>;
  private readonly lengths: readonly number[];

  /** @param text - of which the words are asked for */
  constructor(text: string) {
    this.asked = new Set([...wordsOf(text)].map(word => foldWord(word.text)));
    this.lengths = [...new Set([...this.asked].map(word => word.length))];
  }

  /** @returns whether there is nothing that could be found */
  get isEmpty(): boolean {
    return this.asked.size === 0;
  }

  /** @returns the words asked for that the word begins with */
  matches(word: string): string[] {
    const folded = foldWord(word);
    return this.lengths
      .map(length => folded.slice(0, length))
      .filter(
        (start, i) => start.length === this.lengths[i] && this.asked.has(start),
      );
  }

  /** @returns whether the text has every word asked for */
  matchesAll(text: string): boolean {
    const missing = new Set(this.asked);
    for (const word of wordsOf(text)) {
      for (const found of this.matches(word.text)) missing.delete(found);
      if (!missing.size) return true;
    }
    return !missing.size;
  }
}
