import {
  param,
  requestBody,
  type ParameterObject,
  type SchemaObject,
} from '@loopback/rest';
import type {JsonContent} from './operation-spec';

const ANY_OBJECT: SchemaObject = {type: 'object', additionalProperties: true};

/** The `filter` of a listing; the services check what is in it. */
export const filterParam = (example: object = {limit: 50}) =>
  param.query.object(
    'filter',
    {...ANY_OBJECT, example},
    {
      description:
        'As in LoopBack: `where`, `fields`, `order`, `limit` (100, at most' +
        ' 1000), `offset`, and `include` at most 3 deep; no `like`, no `regexp`.',
    },
  );

/** The `where` of a count, a bulk change or a bulk deletion. */
export const whereParam = () =>
  param.query.object(
    'where',
    {...ANY_OBJECT, example: {channelId: 'task-1'}},
    {
      description:
        'As in LoopBack, with `and`, `or`, `eq`, `neq`, `gt`, `gte`, `lt`,' +
        ' `lte`, `inq`, `nin` and `between`; without it, all that are yours.',
    },
  );

/** The id in the path. */
export const idParam = (description = 'A UUID.') =>
  param({
    name: 'id',
    in: 'path',
    required: true,
    description,
    schema: {type: 'string'},
    example: '0190a5b4-6f2c-7d3e-8a41-5b6c7d8e9f01',
  } as ParameterObject);

/** A body of JSON. */
export const jsonBody = (content: JsonContent) =>
  requestBody({
    required: true,
    content: {'application/json': {...content}},
  });
