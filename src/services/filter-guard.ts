import {InputCheck} from './input-rules';
import {isPlainObject, toInteger, WhereCheck, type Model} from './where-guard';

/** A filter that was checked, in its one normal form. */
export interface CheckedFilter {
  readonly where?: object;
  /** Absent for all of them. */
  readonly fields?: string[];
  readonly order?: string[];
  readonly limit: number;
  readonly offset: number;
  readonly include: CheckedInclusion[];
}

/** One relation to be included, and how. */
export interface CheckedInclusion {
  readonly relation: {
    readonly name: string;
    readonly target: Model;
    readonly keyFrom: string;
    readonly keyTo: string;
    readonly targetsMany: boolean;
  };
  readonly scope: CheckedFilter;
}

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1000;
const MAX_OFFSET = 2 ** 31 - 1;
const MAX_INCLUDE_DEPTH = 3;
const KEYS = ['where', 'fields', 'order', 'limit', 'offset', 'skip', 'include'];
const KEYS_TEXT = KEYS.join(', ');

/**
 * Lets through of a user's filter only what names existing properties and
 * relations, scans nothing and is bounded.
 * @returns the filter with a limit: 100 unless it says one
 * @throws ChatError CHAT_INPUT_INVALID with every problem, by path
 */
export function checkFilter(model: Model, filter: unknown = {}): CheckedFilter {
  const check = new InputCheck();
  const checked = new FilterCheck(check).visit(model, filter, '', 0);
  check.conclude();
  return checked;
}

class FilterCheck {
  constructor(private readonly check: InputCheck) {}

  visit(
    model: Model,
    filter: unknown,
    path: string,
    depth: number,
  ): CheckedFilter {
    const isObject = isPlainObject(filter);
    this.check.expect(isObject, `${path}filter`, 'must be an object');
    const given: Record<string, unknown> = isObject ? filter : {};
    const isKnown = Object.keys(given).every(key => KEYS.includes(key));
    this.check.expect(isKnown, `${path}filter`, `may have ${KEYS_TEXT}`);
    const {where, fields, order, include} = given;
    const {limit = DEFAULT_LIMIT, offset = given.skip ?? 0} = given;
    const names = Object.keys(model.definition.properties);
    const whereCheck = new WhereCheck(model, this.check);
    return {
      ...(where !== undefined && {
        where: whereCheck.visit(where, `${path}where`, 1),
      }),
      fields: this.visitFields(fields, names, `${path}fields`),
      order: this.visitOrder(order, names, `${path}order`),
      limit: this.visitCount(limit, 1, MAX_LIMIT, `${path}limit`),
      offset: this.visitCount(offset, 0, MAX_OFFSET, `${path}offset`),
      include: this.visitInclude(model, include, path, depth),
    };
  }

  private visitCount(value: unknown, min: number, max: number, path: string) {
    const count = toInteger(value, min, max);
    this.check.expect(count !== undefined, path, `must be ${min} to ${max}`);
    return count ?? min;
  }

  private visitFields(
    fields: unknown,
    names: string[],
    path: string,
  ): string[] | undefined {
    if (fields === undefined) return undefined;
    const isRight = Array.isArray(fields) || isPlainObject(fields);
    this.check.expect(isRight, path, 'must be a list or an object');
    const flags: Record<string, unknown> = Array.isArray(fields)
      ? Object.fromEntries(fields.map(name => [nameOf(name), true]))
      : Object(fields);
    const isKnown = Object.keys(flags).every(name => names.includes(name));
    this.check.expect(isKnown, path, 'must name properties of the model');
    const chosen = names.filter(name => isSet(flags[name], true));
    if (chosen.length) return chosen;
    const left = names.filter(name => !isSet(flags[name], false));
    this.check.expect(left.length > 0, path, 'must leave a property');
    return left;
  }

  private visitOrder(
    order: unknown,
    names: string[],
    path: string,
  ): string[] | undefined {
    if (order === undefined) return undefined;
    const terms: unknown[] = Array.isArray(order) ? order : [order];
    for (const term of terms) {
      const [name, direction = 'ASC', ...rest] = nameOf(term).split(' ');
      const isTerm =
        typeof term === 'string' &&
        names.includes(name) &&
        /^(ASC|DESC)$/i.test(direction) &&
        !rest.length;
      const problem = 'must be "property ASC" or "property DESC"';
      this.check.expect(isTerm, path, problem);
    }
    return terms.map(nameOf);
  }

  private visitInclude(
    model: Model,
    include: unknown,
    path: string,
    depth: number,
  ): CheckedInclusion[] {
    if (include === undefined) return [];
    if (!Array.isArray(include) || depth === MAX_INCLUDE_DEPTH) {
      const problem = `must be a list, at most ${MAX_INCLUDE_DEPTH} deep`;
      this.check.expect(false, `${path}include`, problem);
      return [];
    }
    const inclusions = include.flatMap(item =>
      this.visitInclusion(model, item, path, depth),
    );
    const names = new Set(inclusions.map(({relation}) => relation.name));
    const isOnce = names.size === inclusions.length;
    this.check.expect(isOnce, `${path}include`, 'must name a relation once');
    return inclusions;
  }

  private visitInclusion(
    model: Model,
    item: unknown,
    path: string,
    depth: number,
  ): CheckedInclusion[] {
    const {
      relation: name,
      scope,
      ...others
    } = typeof item === 'string' ? {relation: item, scope: {}} : Object(item);
    const meta = Object.values(model.definition.relations).find(
      relation => relation.name === name,
    );
    const isKnown = !!meta && Object.keys(others).length === 0;
    this.check.expect(
      isKnown,
      `${path}include`,
      'must name relations of the model',
    );
    if (!meta) return [];
    const {targetsMany} = meta;
    const {keyFrom = 'id', keyTo = 'id'} = meta as {
      keyFrom?: string;
      keyTo?: string;
    };
    const target = meta.target() as Model;
    const at = `${path}include.${meta.name}.`;
    return [
      {
        relation: {name: meta.name, target, keyFrom, keyTo, targetsMany},
        scope: this.visit(target, scope ?? {}, at, depth + 1),
      },
    ];
  }
}

/** In the text of a query `true` is a word. */
function isSet(flag: unknown, value: boolean): boolean {
  return flag === value || flag === String(value);
}

/** What is no text names nothing. */
function nameOf(name: unknown): string {
  return typeof name === 'string' ? name : '';
}
