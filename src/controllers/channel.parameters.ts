import {param, type ParameterObject, type SchemaObject} from '@loopback/rest';

const MAX_SEQ = 2 ** 31 - 1;

/** The id of a channel in the path. */
export const channelIdParam = () =>
  param({
    name: 'id',
    in: 'path',
    required: true,
    description: 'The id of a channel.',
    schema: {type: 'string'},
    example: 'task-1',
  });

/** How many there are to be at most. */
export const limitParam = (preset: number, max: number) =>
  query(
    'limit',
    {type: 'integer', minimum: 1, maximum: max, default: preset},
    `At most so many; ${preset} without it.`,
    preset,
  );

/** A number of a message or a change. */
export const seqParam = (name: string, description: string) =>
  query(name, {type: 'integer', minimum: 0, maximum: MAX_SEQ}, description, 41);

/** Where a listing goes on. */
export const pageTokenParam = () =>
  query(
    'pageToken',
    {type: 'string'},
    'The `nextPageToken` of the page before.',
    // Of the end of time: what comes after it is the first page.
    'WzI1MzQwMjIxNDQwMDAwMCwiLSJd',
  );

function query(
  name: string,
  schema: SchemaObject,
  description: string,
  example: unknown,
) {
  const place: Pick<ParameterObject, 'in'> = {in: 'query'};
  return param({name, ...place, schema, description, example});
}
