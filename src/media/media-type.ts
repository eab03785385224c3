import {TextCheck} from './text-check';

/** How many bytes of a file tell its media type. */
export const HEAD_BYTES = 4100;

/** Formats whose beginning may look like any text. */
const OF_LETTERS = /^text\/|^application\/(pdf|xml|rtf|postscript)$|\+xml$/;

/** Other names of what browsers and hosts know by one. */
const ALIASES = new Map([
  ['image/apng', 'image/png'],
  ['audio/x-m4a', 'audio/mp4'],
  ['video/x-m4v', 'video/mp4'],
  ['audio/vnd.wave', 'audio/wav'],
  ['audio/wave', 'audio/wav'],
  ['audio/x-wav', 'audio/wav'],
]);

/**
 * Tells the media type of a file by its first {@link HEAD_BYTES}. That of a
 * text is a guess until all of it was looked at, by {@link TextCheck}.
 * @returns undefined when it is nothing known
 */
export async function mediaTypeOf(
  head: Uint8Array,
): Promise<string | undefined> {
  if (isUtf16(head)) return undefined;
  const found = await typeByMarks(head);
  // Marks of two letters are in texts too: `BM` of a BMP, `MZ` of a program.
  if (found && OF_LETTERS.test(found)) return found;
  return isText(head) ? 'text/plain' : found;
}

async function typeByMarks(head: Uint8Array): Promise<string | undefined> {
  // Loaded with the first file: it takes long, and not every node has files.
  const {fileTypeFromBuffer} = await import('file-type');
  const type = await fileTypeFromBuffer(head)
    .then(found => found?.mime)
    // It may fail for what is cut off at the end of the head.
    .catch(() => undefined);
  const known = type?.split(';')[0] ?? (isZip(head) ? ZIP : undefined);
  return known && (ALIASES.get(known) ?? known);
}

const ZIP = 'application/zip';

function isZip([p, k, three, four]: Uint8Array): boolean {
  return p === 0x50 && k === 0x4b && three === 3 && four === 4;
}

/** Its mark is taken for the first frame of an MP1. */
function isUtf16([one, two]: Uint8Array): boolean {
  return (one === 0xff && two === 0xfe) || (one === 0xfe && two === 0xff);
}

/** The last character of the head may be cut. */
function isText(head: Uint8Array): boolean {
  return new TextCheck().accepts(head);
}

/** Tells whether a list, such as `['image/*', 'text/plain']`, has a type. */
export function hasMediaType(list: readonly string[], type: string): boolean {
  const [kind] = type.split('/');
  return list.includes(type) || list.includes(`${kind}/*`);
}
