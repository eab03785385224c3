import {InputCheck} from './input-rules';
import {isPlainObject, toInteger} from './where-guard';

/** Which of a user's groups are listed, and what with them. */
export interface GroupPage {
  readonly limit: number;
  readonly offset: number;
  readonly hasMembers: boolean;
}

const KEYS = ['include', 'limit', 'offset', 'skip'];
const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1000;
const MAX_OFFSET = 2 ** 31 - 1;

/**
 * Reads the filter of a list of groups, which knows a page and one relation.
 * @throws ChatError CHAT_INPUT_INVALID with every problem, by path
 */
export function checkGroupFilter(filter: unknown = {}): GroupPage {
  const given = isPlainObject(filter) ? filter : {};
  const {include = [], limit = DEFAULT_LIMIT, offset = given.skip ?? 0} = given;
  const isKnown =
    isPlainObject(filter) &&
    Object.keys(given).every(key => KEYS.includes(key));
  // One may be written without a list, in the text of a query.
  const relations: unknown[] = Array.isArray(include) ? include : [include];
  const page = {
    limit: toInteger(limit, 1, MAX_LIMIT),
    offset: toInteger(offset, 0, MAX_OFFSET),
  };
  new InputCheck()
    .expect(isKnown, 'filter', `may have ${KEYS.join(', ')}`)
    .expect(relations.every(isMembers), 'include', 'must name members only')
    .expect(page.limit !== undefined, 'limit', `must be 1 to ${MAX_LIMIT}`)
    .expect(page.offset !== undefined, 'offset', `must be 0 to ${MAX_OFFSET}`)
    .conclude();
  const {limit: count = DEFAULT_LIMIT, offset: start = 0} = page;
  return {limit: count, offset: start, hasMembers: relations.length > 0};
}

function isMembers(inclusion: unknown): boolean {
  if (!isPlainObject(inclusion)) return inclusion === 'members';
  return (
    inclusion.relation === 'members' && Object.keys(inclusion).length === 1
  );
}
