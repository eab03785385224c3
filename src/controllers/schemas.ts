import {getModelSchemaRef, type SchemaObject} from '@loopback/rest';
import type {AuditedEntity} from '../models';
import type {JsonContent} from './operation-spec';

/** Of examples. */
export const [ID, OTHER_ID] = [
  '0190a5b4-6f2c-7d3e-8a41-5b6c7d8e9f01',
  '2f0f9c1e-6f0a-5d7b-9c55-0c2f6d1b7a34',
];
export const CHANNEL_ID = '74738ff5-5367-5958-9aee-98fffdcd1876';
export const AUDITED = {
  createdBy: 'ann',
  createdOn: '2026-01-31T12:00:00.000Z',
  modifiedBy: 'ann',
  modifiedOn: '2026-01-31T12:00:00.000Z',
  deleted: false,
};

export const TEXT: SchemaObject = {type: 'string'};
export const FLAG: SchemaObject = {type: 'boolean'};

/** Of a row with what is included, which may include more in its turn. */
export function rowOf(model: typeof AuditedEntity): SchemaObject {
  const text = JSON.stringify(
    getModelSchemaRef(model, {includeRelations: true}),
  );
  // LoopBack's own schema ends after one inclusion.
  const relations = /(#\/components\/schemas\/\w+?)(WithRelations)?"/g;
  return JSON.parse(text.replace(relations, '$1WithRelations"'));
}

/** Of what a change of a row may name; the services say which of it may change. */
export function changeOf(model: typeof AuditedEntity): SchemaObject {
  const title = `${model.name}Change`;
  return getModelSchemaRef(model, {title, partial: true}) as SchemaObject;
}

/** Makes the content of a list. */
export const listOf = ({schema, example}: JsonContent): JsonContent => ({
  schema: {type: 'array', items: schema},
  example: [example],
});
