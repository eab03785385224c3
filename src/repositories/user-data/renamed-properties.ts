import {ERASURE_RULES} from './erasure-rules';
import type {UserModel} from './user-rows';

/** @returns the properties of a model that have the user's id replaced */
export function renamedProperties(model: UserModel): string[] {
  const {name: table, properties} = model.definition;
  const rules = ERASURE_RULES[String(table)];
  return Object.entries(properties)
    .filter(([name, {name: column = name}]) => rules[column] === 'renamed')
    .map(([name]) => name);
}
