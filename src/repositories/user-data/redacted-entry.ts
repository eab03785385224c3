import type {Renaming} from './user-rows';

/** Where logged rows have ids of users. */
const NAMES = [
  ...['created_by', 'modified_by', 'deleted_by'],
  ...['to_user_id', 'recipient_id', 'forwarded_by'],
];
/** What is the user's own of a logged message. */
const TEXTS = ['body', 'subject', 'ext', 'mentions'];

/**
 * Takes a user out of a logged row.
 * @param entry - JSON, parsed or as a text
 * @returns the row without the user; undefined when it does not have the user
 */
export function redactedEntry(
  entry: unknown,
  {userId, alias}: Renaming,
): object | undefined {
  const row = parsed(entry);
  if (!row) return undefined;
  const names = NAMES.filter(name => row[name] === userId);
  const texts = isTheirs(row, userId)
    ? TEXTS.filter(name => (row[name] ?? null) !== null)
    : TEXTS.filter(name => name === 'mentions' && hasName(row[name], userId));
  if (!names.length && !texts.length) return undefined;
  return {
    ...row,
    ...Object.fromEntries(names.map(name => [name, alias])),
    ...Object.fromEntries(texts.map(name => [name, null])),
  };
}

/** Written by the user, or by the server about the user. */
function isTheirs(row: Record<string, unknown>, userId: string): boolean {
  return (
    row.created_by === userId ||
    (row.kind === 'system' && hasName(row.ext, userId))
  );
}

/** In JSON, an id has quotation marks around it, which none has within. */
function hasName(value: unknown, userId: string): boolean {
  const text =
    typeof value === 'string' ? value : JSON.stringify(value ?? null);
  return text.includes(JSON.stringify(userId));
}

function parsed(entry: unknown): Record<string, unknown> | undefined {
  if (typeof entry === 'object' && entry !== null) {
    return entry as Record<string, unknown>;
  }
  if (typeof entry !== 'string') return undefined;
  try {
    return parsed(JSON.parse(entry));
  } catch {
    // No row of ours was ever logged like that.
    return undefined;
  }
}
