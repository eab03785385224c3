import {authenticate} from '@loopback/authentication';
import {inject, intercept, type Getter} from '@loopback/core';
import {get, param} from '@loopback/rest';
import {authorize} from 'loopback4-authorization';
import {
  CHAT_AUTH_STRATEGY,
  ChatInternalBindings,
  ChatServiceBindings,
} from '../keys';
import {POLICY} from '../permissions';
import type {SearchPage, SearchService} from '../services';
import type {ChatUser} from '../types';
import {operationSpec, type JsonContent} from './operation-spec';
import {MESSAGE} from './message.schemas';

const UUID = '0190a5b4-6f2c-7d3e-8a41-5b6c7d8e9f01';

/** What was found; offsets are for `body.slice(start, end)`. */
const SEARCH_PAGE: JsonContent = {
  schema: {
    title: 'SearchPage',
    type: 'object',
    required: ['messages'],
    properties: {
      messages: {
        type: 'array',
        items: {
          type: 'object',
          required: ['message', 'highlights'],
          properties: {
            message: MESSAGE.schema,
            highlights: {
              type: 'array',
              description:
                'Where in `body` words were found, the first 50, in UTF-16' +
                ' units; `end` is behind the word.',
              items: {
                type: 'object',
                required: ['start', 'end'],
                properties: {
                  start: {type: 'integer', minimum: 0},
                  end: {type: 'integer', minimum: 1},
                },
              },
            },
          },
        },
      },
      nextBefore: {
        type: 'string',
        description: 'The `before` of the next page; absent on the last.',
      },
    },
  },
  example: {
    messages: [{message: MESSAGE.example, highlights: [{start: 0, end: 5}]}],
    nextBefore: UUID,
  },
};

/** REST operation of the search for messages. */
@authenticate(CHAT_AUTH_STRATEGY)
@intercept(ChatServiceBindings.Access)
export class MessageSearchController {
  constructor(
    @inject(ChatServiceBindings.SearchService)
    private readonly messages: SearchService,
    // A controller is made before its interceptors have seen to the user.
    @inject.getter(ChatInternalBindings.CurrentUser)
    private readonly currentUser: Getter<ChatUser>,
  ) {}

  /** Finds messages that the caller may see by their words, the newest first. */
  @authorize({permissions: POLICY.viewMessage})
  @get(
    '/messages/search',
    operationSpec(
      'Finds messages that the caller may see by their words, the newest first',
      SEARCH_PAGE,
    ),
  )
  async search(
    // Were it required here, none would be 400, as what cannot be parsed.
    @param.query.string('q', {
      description:
        'Needed, 1 to 200 characters. Each word has to be in the text, or to' +
        ' begin a word there; case does not matter.',
      example: 'hello bo',
    })
    q = '',
    @param.query.string('channelId', {
      description: 'Of the only channel to look in.',
      example: 'task-1',
    })
    channelId?: string,
    @param.query.integer('limit', {
      description: 'How many at most: 1 to 100, or 20.',
      example: 20,
    })
    limit?: number,
    @param.query.string('before', {
      description: 'The `nextBefore` of the page before.',
      example: UUID,
    })
    before?: string,
  ): Promise<SearchPage> {
    const query = {q, channelId, limit, before};
    return this.messages.search(await this.currentUser(), query);
  }
}
