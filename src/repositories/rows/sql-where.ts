import type {PropertyDefinition} from '@loopback/repository';
import type {RowModel} from './row-source';

const COMPARISONS: Record<string, string> = {
  eq: '=',
  neq: '<>',
  gt: '>',
  gte: '>=',
  lt: '<',
  lte: '<=',
};

/** Collects parameters and names them as the dialect does. */
export class SqlParams {
  readonly values: unknown[] = [];

  constructor(private readonly dialect: 'postgresql' | 'mysql') {}

  /** @returns the placeholder of the value */
  add(value: unknown): string {
    this.values.push(value);
    return this.dialect === 'mysql' ? '?' : `$${this.values.length}`;
  }
}

/** Translates a checked `where` into SQL over the columns of a model. */
export class SqlWhere {
  constructor(
    private readonly model: RowModel,
    private readonly params: SqlParams,
  ) {}

  /** @returns a condition; every value in it is a parameter */
  translate(where: object): string {
    const terms = Object.entries(where).map(([key, value]) => {
      if (key === 'and' || key === 'or') return this.join(key, value);
      return this.compare(key, value);
    });
    return terms.length ? `(${terms.join(' AND ')})` : 'TRUE';
  }

  private join(word: 'and' | 'or', clauses: object[]): string {
    const terms = clauses.map(clause => this.translate(clause));
    return `(${terms.join(word === 'and' ? ' AND ' : ' OR ')})`;
  }

  private compare(name: string, condition: unknown): string {
    const column = columnOf(this.model, name);
    const {type} = this.model.definition.properties[name];
    const operations: [string, unknown][] = isOperations(condition)
      ? Object.entries(condition)
      : [['eq', condition]];
    return operations
      .map(([operator, value]) => this.operate(column, type, operator, value))
      .join(' AND ');
  }

  private operate(
    column: string,
    type: PropertyDefinition['type'],
    operator: string,
    value: unknown,
  ): string {
    const param = (element: unknown) =>
      this.params.add(toDriver(type, element));
    if (Array.isArray(value)) {
      if (operator === 'between') {
        return `${column} BETWEEN ${param(value[0])} AND ${param(value[1])}`;
      }
      if (!value.length) return operator === 'inq' ? 'FALSE' : 'TRUE';
      const word = operator === 'inq' ? 'IN' : 'NOT IN';
      return `${column} ${word} (${value.map(param).join(', ')})`;
    }
    if (value === null) {
      return operator === 'neq' ? `${column} IS NOT NULL` : `${column} IS NULL`;
    }
    return `${column} ${COMPARISONS[operator]} ${param(value)}`;
  }
}

/** The column of a property. Both come from the model, never from a user. */
export function columnOf(model: RowModel, name: string): string {
  const {properties} = model.definition;
  if (!Object.hasOwn(properties, name)) throw new TypeError('No such property');
  return String(properties[name].name ?? name);
}

function isOperations(condition: unknown): condition is object {
  return (
    typeof condition === 'object' &&
    condition !== null &&
    !(condition instanceof Date)
  );
}

/** Makes of a property's value what both drivers take for its column. */
export function toDriver(
  type: PropertyDefinition['type'],
  value: unknown,
): unknown {
  if (value === null || value === undefined) return null;
  // MySQL takes no ISO 8601.
  if (type === 'date') return new Date(value as string);
  return type === 'object' ? JSON.stringify(value) : value;
}
