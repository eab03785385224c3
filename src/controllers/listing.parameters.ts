import {param} from '@loopback/rest';

/** How many rows a page has at most. */
export const limitParam = () =>
  param.query.integer('limit', {
    description: 'Most rows of the page: 1 to 1000, 100 unless said.',
    example: 50,
  });

/** Where the page before has ended. */
export const pageTokenParam = () =>
  param.query.string('pageToken', {
    description: 'The `nextPageToken` of the page before, as it was answered.',
    example: 'WyJib2IiXQ',
  });
