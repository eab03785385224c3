import type {SqlParams} from '../rows/sql-where';
import type {SqlRunner} from '../sql-runner';
import {wordsOf} from './words';

/** Selects the rows whose `body` has every word of a text. */
export interface TextConditions {
  /** @returns conditions, whose values were added to `params` in their order */
  of(text: string, params: SqlParams): Promise<string[]>;
}

/** Of the index, to the letter: migrations/chat/text-index.cjs. */
const INDEXED =
  "to_tsvector('simple', translate(left(body, 16384), '<&./-+', '      '))";

/** {@link TextConditions} of PostgreSQL, by the index on the words of `body`. */
export class PostgresTextConditions implements TextConditions {
  async of(text: string, params: SqlParams): Promise<string[]> {
    // A word is letters, digits and marks: nothing in it ends the quotation.
    const words = [...wordsOf(text)].map(word => `'${word.text}':*`);
    const query = params.add([...new Set(words)].join(' & '));
    return [`${INDEXED} @@ to_tsquery('simple', ${query})`];
  }
}

// A word of MySQL has underscores too.
const MYSQL_WORD = /_*[\p{L}\p{N}][\p{L}\p{N}\p{M}_]*/gu;
const BEGIN_OF_WORD = String.raw`(?<![\p{L}\p{N}\p{M}])`;

/** What InnoDB leaves out of an index unless it is told otherwise. */
const STOP_WORDS = new Set(
  (
    'a about an are as at be by com de en for from how i in is it la of on or ' +
    'that the this to was what when where who will with und www'
  ).split(' '),
);

/**
 * {@link TextConditions} of MySQL and MariaDB. Words that are not in the
 * full-text index, short ones above all, are looked for in what the others
 * find, or else in all that the viewer may see.
 */
export class MysqlTextConditions implements TextConditions {
  constructor(private readonly sql: SqlRunner) {}

  async of(text: string, params: SqlParams): Promise<string[]> {
    const words = [...new Set(text.match(MYSQL_WORD))];
    const isIndexed = await this.indexedWords();
    const indexed = words.filter(isIndexed).map(word => `+${word}*`);
    const conditions: string[] = [];
    if (indexed.length) {
      const query = params.add(indexed.join(' '));
      conditions.push(`MATCH (body) AGAINST (${query} IN BOOLEAN MODE)`);
    }
    for (const word of words.filter(other => !isIndexed(other))) {
      conditions.push(`body REGEXP ${params.add(BEGIN_OF_WORD + word)}`);
    }
    return conditions;
  }

  /** @returns a test for what the server has in its full-text indexes */
  private async indexedWords(): Promise<(word: string) => boolean> {
    const [{least, most}] = await this.sql.query(
      `SELECT @@innodb_ft_min_token_size AS least,
         @@innodb_ft_max_token_size AS most`,
      [],
    );
    return word => {
      const {length} = [...word];
      const isStopWord = STOP_WORDS.has(word.toLowerCase());
      return length >= Number(least) && length <= Number(most) && !isStopWord;
    };
  }
}
