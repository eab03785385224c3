import type {Entity, PropertyDefinition} from '@loopback/repository';
import {InputCheck, isStorable, isUuid} from './input-rules';

/** A model class, which knows its properties and relations. */
export type Model = typeof Entity;

/** Bounds the work of planning a query. */
const MAX_CONDITIONS = 100;
const MAX_LIST_LENGTH = 1000;
const MAX_DEPTH = 5;
const MAX_INTEGER = 2 ** 31 - 1;
const UUID_PROPERTIES = [
  ...['id', 'parentMessageId', 'messageId', 'forwardedFrom'],
];
const SCALAR_OPERATORS = ['eq', 'neq', 'gt', 'gte', 'lt', 'lte'];
const NULL_OPERATORS = ['eq', 'neq'];
const LIST_OPERATORS = ['inq', 'nin', 'between'];
// Beyond these years drivers and databases disagree.
const MIN_TIME = Date.parse('0001-01-01T00:00:00Z');
const MAX_TIME = Date.parse('9999-12-31T23:59:59Z');

/**
 * Lets through of a user's `where` only what names existing properties, scans
 * nothing and is bounded.
 * @returns the same in one normal form: values have the type of their property
 * @throws ChatError CHAT_INPUT_INVALID with every problem, by path
 */
export function checkWhere(model: Model, where?: unknown): object | undefined {
  if (where === undefined) return undefined;
  const check = new InputCheck();
  const checked = new WhereCheck(model, check).visit(where, 'where', 1);
  check.conclude();
  return checked;
}

/** Walks a `where`, notes what is wrong with it and makes its normal form. */
export class WhereCheck {
  private conditions = 0;

  constructor(
    private readonly model: Model,
    private readonly check: InputCheck,
  ) {}

  visit(where: unknown, path: string, depth: number): object {
    if (depth > MAX_DEPTH || !isPlainObject(where)) {
      const problem = `must be an object at most ${MAX_DEPTH} deep`;
      this.check.expect(false, path, problem);
      return {};
    }
    const result: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(where)) {
      if (this.conditions++ === MAX_CONDITIONS) {
        const problem = `must have at most ${MAX_CONDITIONS} conditions`;
        this.check.expect(false, path, problem);
      }
      if (this.conditions > MAX_CONDITIONS) break;
      if (key === 'and' || key === 'or') {
        result[key] = this.visitAll(value, `${path}.${key}`, depth);
      } else {
        result[key] = this.visitProperty(key, value, path);
      }
    }
    return result;
  }

  private visitAll(clauses: unknown, path: string, depth: number): object[] {
    const isList = Array.isArray(clauses) && clauses.length > 0;
    this.check.expect(isList, path, 'must be a list of conditions');
    if (!isList) return [];
    return clauses.slice(0, MAX_CONDITIONS + 1).map(clause => {
      const checked = this.visit(clause, path, depth + 1);
      // Some connectors write nothing for it, between brackets.
      const isSaid = Object.keys(checked).length > 0;
      this.check.expect(isSaid, path, 'must have no empty condition');
      return checked;
    });
  }

  private visitProperty(name: string, condition: unknown, path: string) {
    const {properties} = this.model.definition;
    const isKnown = Object.hasOwn(properties, name);
    this.check.expect(isKnown, path, 'must name properties of the model');
    if (!isKnown) return undefined;
    const at = `${path}.${name}`;
    const type = typeName(properties[name].type);
    if (!isPlainObject(condition)) {
      return this.toValue(name, type, 'eq', condition, at);
    }
    const operations = Object.entries(condition);
    this.check.expect(operations.length > 0, at, 'must have an operator');
    return Object.fromEntries(
      operations.map(([operator, value]) => [
        operator,
        this.visitOperator(name, type, operator, value, at),
      ]),
    );
  }

  private visitOperator(
    name: string,
    type: string,
    operator: string,
    value: unknown,
    path: string,
  ): unknown {
    if (SCALAR_OPERATORS.includes(operator)) {
      return this.toValue(name, type, operator, value, path);
    }
    const isList =
      LIST_OPERATORS.includes(operator) &&
      Array.isArray(value) &&
      value.length <= MAX_LIST_LENGTH &&
      (operator !== 'between' || value.length === 2);
    this.check.expect(isList, path, 'must use a supported operator');
    if (!isList) return undefined;
    return value.map(element =>
      this.toValue(name, type, operator, element, path),
    );
  }

  private toValue(
    name: string,
    type: string,
    operator: string,
    value: unknown,
    path: string,
  ): unknown {
    if (value === null && NULL_OPERATORS.includes(operator)) return null;
    const result = toType(name, type, value);
    this.check.expect(result !== undefined, path, `must be a ${type}`);
    return result;
  }
}

/** The key of a relation has its type as a constructor. */
function typeName(type: PropertyDefinition['type']): string {
  return typeof type === 'string'
    ? type
    : (type as {name: string}).name.toLowerCase();
}

/** @returns undefined when the value is none of the type */
function toType(name: string, type: string, value: unknown): unknown {
  switch (type) {
    case 'number':
      return toInteger(value, -MAX_INTEGER, MAX_INTEGER);
    case 'boolean':
      return toBoolean(value);
    case 'date':
      return toDate(value);
    case 'string':
      return toText(name, value);
    default:
      return undefined;
  }
}

/** Reads an integer, also one in the text of a query. */
export function toInteger(
  value: unknown,
  min: number,
  max: number,
): number | undefined {
  const isNumeral = typeof value === 'string' && /^-?\d{1,10}$/.test(value);
  const number = isNumeral ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isInteger(number)) return undefined;
  return number >= min && number <= max ? number : undefined;
}

function toBoolean(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  return value === 'true' ? true : value === 'false' ? false : undefined;
}

function toDate(value: unknown): string | undefined {
  const isInstant = typeof value === 'string' || value instanceof Date;
  const time = isInstant ? new Date(value).getTime() : NaN;
  if (!(time >= MIN_TIME && time <= MAX_TIME)) return undefined;
  // As text, which every connector takes; Sequelize looks into objects.
  return new Date(time).toISOString();
}

function toText(name: string, value: unknown): string | undefined {
  if (typeof value !== 'string' || !isStorable(value)) return undefined;
  if (!UUID_PROPERTIES.includes(name)) return value;
  return isUuid(value) ? value.toLowerCase() : undefined;
}

/** Tells an object of JSON from lists, dates and what else there is. */
export function isPlainObject(
  value: unknown,
): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
