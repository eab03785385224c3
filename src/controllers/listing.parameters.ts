import {param} from '@loopback/rest';

/** How many rows a page has at most. */
export const limitParam = () =>
  param.query.integer('limit', {
    description: 'Most rows of the page: 1 to 1000, 100 unless said.',
    example: 50,
  });

/**
 * Where the page before has ended.
 * @param example - a token that stands before all that a page may have
 */
export const pageTokenParam = (example: string) =>
  param.query.string('pageToken', {
    description: 'The `nextPageToken` of the page before, as it was answered.',
    example,
  });
