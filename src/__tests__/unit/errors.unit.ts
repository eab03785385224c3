import {expect, skipIf} from '@loopback/testlab';
import {existsSync, readFileSync} from 'fs';
import path from 'path';
import {CHAT_ERRORS, ChatError, invalidInput} from '../../errors';

const STYLE = path.resolve(__dirname, '../../../../shared/style.md');

/** Reads the rows `| 401 / 403 | `A` / `B`, `C` |` as code → status. */
function codesOf(markdown: string): Record<string, number> {
  const rows = [...markdown.matchAll(/^\| ([\d /]+) \| (`CHAT_.*) \|$/gm)];
  return Object.fromEntries(
    rows.flatMap(([, statuses, cells]) => {
      const groups = cells.split(' / ');
      return statuses.split(' / ').flatMap((status, index) => {
        const codes = groups[index].match(/CHAT_[A-Z_]+/g) ?? [];
        return codes.map(code => [code, Number(status)]);
      });
    }),
  );
}

describe('Errors', () => {
  // The style guide is kept beside the checkout, not in it.
  skipIf(!existsSync(STYLE), it, 'are those of the style guide', async () => {
    const documented = codesOf(readFileSync(STYLE, 'utf8'));
    const actual = Object.entries(CHAT_ERRORS).map(
      ([code, {statusCode}]) => [code, statusCode] as const,
    );
    expect(Object.fromEntries(actual)).to.deepEqual(documented);
  });

  for (const [code, {statusCode, text}] of Object.entries(CHAT_ERRORS)) {
    it(`says of ${code} what the catalogue says`, () => {
      const err = new ChatError(code as keyof typeof CHAT_ERRORS);
      expect(err).to.containEql({code, statusCode, message: text});
      expect(err.name).to.equal('ChatError');
      expect(text).to.match(/^[A-Z].*\.$/);
    });
  }

  it('keep their cause and details', () => {
    const cause = new Error('inner');
    const err = new ChatError('CHAT_INTERNAL', {cause});
    expect(err.cause).to.equal(cause);
    expect(err.message).to.not.containEql('inner');
    expect(err).to.not.have.property('details');
    expect(invalidInput('a.b', 'is bad').details).to.deepEqual([
      {path: 'a.b', problem: 'is bad'},
    ]);
  });
});
