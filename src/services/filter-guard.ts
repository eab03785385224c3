import type {Entity, Fields, Filter} from '@loopback/repository';
import {InputCheck, isStorable, isUuid} from './input-rules';

type Model = typeof Entity & {prototype: Entity};
type PropertyTypes = ReadonlyMap<string, string>;

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1000;
const MAX_OFFSET = 2 ** 31 - 1;
/** Bounds the work of planning a query. */
const MAX_CONDITIONS = 100;
const MAX_LIST_LENGTH = 1000;
const MAX_DEPTH = 5;
const UUID_PROPERTIES = ['id', 'parentMessageId', 'messageId'];
const SCALAR_OPERATORS = ['eq', 'neq', 'gt', 'gte', 'lt', 'lte'];
const LIST_OPERATORS = ['inq', 'nin', 'between'];
const FILTER_KEYS = ['where', 'fields', 'order', 'limit', 'offset', 'skip'];

/**
 * Lets through of a user's filter only what names existing properties, scans
 * nothing and is bounded.
 * @returns a filter of the same meaning with a limit: 100 unless it says one
 * @throws ChatError CHAT_INPUT_INVALID with every problem, by path
 */
export function checkFilter<T extends Entity>(
  model: Model,
  filter: Filter<T> = {},
): Filter<T> {
  const types: PropertyTypes = new Map(
    Object.entries(model.definition.properties).map(([name, {type}]) => [
      name,
      String(type),
    ]),
  );
  const check = new InputCheck();
  for (const key of Object.keys(filter)) {
    check.expect(FILTER_KEYS.includes(key), key, 'is not supported here');
  }
  const {where, fields, order, limit = DEFAULT_LIMIT} = filter;
  const offset = filter.offset ?? filter.skip ?? 0;
  check
    .expect(isCount(limit, 1, MAX_LIMIT), 'limit', `must be 1 to ${MAX_LIMIT}`)
    .expect(isCount(offset, 0, MAX_OFFSET), 'offset', 'must be 0 or more');
  checkFields(fields, types, check);
  checkOrder(order, types, check);
  if (where !== undefined)
    new WhereCheck(types, check).visit(where, 'where', 1);
  check.conclude();
  return {...(where && {where}), fields, order, limit, offset} as Filter<T>;
}

function isCount(value: unknown, min: number, max: number): boolean {
  return (
    Number.isInteger(value) && Number(value) >= min && Number(value) <= max
  );
}

function checkFields(
  fields: Fields | undefined,
  types: PropertyTypes,
  check: InputCheck,
): void {
  if (fields === undefined) return;
  const names = Array.isArray(fields) ? fields : Object.keys(fields);
  for (const name of names) {
    check.expect(types.has(String(name)), 'fields', 'must name properties');
  }
}

function checkOrder(
  order: unknown,
  types: PropertyTypes,
  check: InputCheck,
): void {
  if (order === undefined) return;
  for (const term of Array.isArray(order) ? order : [order]) {
    const [name, direction = 'ASC', ...rest] = String(term).split(' ');
    const isTerm =
      types.has(name) && /^(ASC|DESC)$/i.test(direction) && !rest.length;
    check.expect(isTerm, 'order', 'must be "property ASC" or "property DESC"');
  }
}

/** Walks a `where` and notes what is wrong with it. */
class WhereCheck {
  private conditions = 0;

  constructor(
    private readonly types: PropertyTypes,
    private readonly check: InputCheck,
  ) {}

  visit(where: unknown, path: string, depth: number): void {
    if (depth > MAX_DEPTH || !isPlainObject(where)) {
      const problem = `must be an object at most ${MAX_DEPTH} deep`;
      this.check.expect(false, path, problem);
      return;
    }
    for (const [key, value] of Object.entries(where)) {
      if (this.conditions++ === MAX_CONDITIONS) {
        const problem = `must have at most ${MAX_CONDITIONS} conditions`;
        this.check.expect(false, path, problem);
      }
      if (this.conditions > MAX_CONDITIONS) return;
      if (key === 'and' || key === 'or') {
        this.visitAll(value, `${path}.${key}`, depth);
      } else {
        this.visitProperty(key, value, path);
      }
    }
  }

  private visitAll(clauses: unknown, path: string, depth: number): void {
    const isList = Array.isArray(clauses) && clauses.length > 0;
    this.check.expect(isList, path, 'must be a list of conditions');
    if (!isList) return;
    for (const clause of clauses.slice(0, MAX_CONDITIONS + 1)) {
      this.visit(clause, path, depth + 1);
    }
  }

  private visitProperty(name: string, condition: unknown, path: string): void {
    const type = this.types.get(name);
    this.check.expect(!!type, path, 'must name properties of the model');
    if (!type) return;
    const at = `${path}.${name}`;
    if (!isPlainObject(condition)) {
      this.expectValue(name, type, condition, at);
      return;
    }
    const operations = Object.entries(condition);
    this.check.expect(operations.length > 0, at, 'must have an operator');
    for (const [operator, value] of operations) {
      this.visitOperator(name, type, operator, value, at);
    }
  }

  private visitOperator(
    name: string,
    type: string,
    operator: string,
    value: unknown,
    path: string,
  ): void {
    if (SCALAR_OPERATORS.includes(operator)) {
      this.expectValue(name, type, value, path);
      return;
    }
    const isList =
      LIST_OPERATORS.includes(operator) &&
      Array.isArray(value) &&
      value.length <= MAX_LIST_LENGTH &&
      (operator !== 'between' || value.length === 2);
    this.check.expect(isList, path, 'must use a supported operator');
    if (!isList) return;
    for (const element of value) this.expectValue(name, type, element, path);
  }

  private expectValue(
    name: string,
    type: string,
    value: unknown,
    path: string,
  ): void {
    const isRight = value === null || isOfType(name, type, value);
    this.check.expect(isRight, path, `must be a ${type}`);
  }
}

function isOfType(name: string, type: string, value: unknown): boolean {
  switch (type) {
    case 'number':
      return Number.isInteger(value) && Math.abs(Number(value)) <= MAX_OFFSET;
    case 'boolean':
      return typeof value === 'boolean';
    case 'date':
      return !Number.isNaN(new Date(value as string).getTime());
    default:
      return (
        typeof value === 'string' &&
        isStorable(value) &&
        (!UUID_PROPERTIES.includes(name) || isUuid(value))
      );
  }
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  return Object.getPrototypeOf(value) === Object.prototype;
}
