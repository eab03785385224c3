import {ChatError, type InputProblem} from '../errors';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Longest id of a user or a channel, in characters. */
export const MAX_ID_LENGTH = 64;

/** Tells whether a string is a UUID of any version, in either case. */
export function isUuid(value: string): boolean {
  return UUID.test(value);
}

/** Tells whether every database stores and compares the string as it is. */
export function isStorable(value: string): boolean {
  // NUL and halves of surrogate pairs have no place in a UTF-8 column.
  return !value.includes('\0') && !/\p{Surrogate}/u.test(value);
}

/**
 * Tells whether a string can be the id of a user or a channel. White space at
 * the ends is refused, as some databases compare without it.
 */
export function isId(value: string): boolean {
  return (
    value.length > 0 &&
    value.length <= MAX_ID_LENGTH &&
    value === value.trim() &&
    isStorable(value)
  );
}

/** Tells whether a text has at most so many Unicode characters. */
export function isNoLongerThan(text: string, maxLength: number): boolean {
  if (text.length <= maxLength) return true;
  // One character is one or two UTF-16 units.
  return text.length <= 2 * maxLength && [...text].length <= maxLength;
}

/** Collects all that is wrong with an input, so that it is told at once. */
export class InputCheck {
  private readonly problems: InputProblem[] = [];

  /** Notes `problem` at `path` unless `isRight`. */
  expect(isRight: boolean, path: string, problem: string): this {
    if (!isRight) this.problems.push({path, problem});
    return this;
  }

  /** @throws ChatError CHAT_INPUT_INVALID with every problem noted */
  conclude(): void {
    if (!this.problems.length) return;
    throw new ChatError('CHAT_INPUT_INVALID', {details: this.problems});
  }
}
