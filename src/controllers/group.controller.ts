import {authenticate} from '@loopback/authentication';
import {inject, intercept, type Getter} from '@loopback/core';
import {del, get, param, patch, post} from '@loopback/rest';
import {authorize} from 'loopback4-authorization';
import {
  CHAT_AUTH_STRATEGY,
  ChatInternalBindings,
  ChatServiceBindings,
} from '../keys';
import {POLICY} from '../permissions';
import type {
  Group,
  GroupDraft,
  GroupReaderService,
  GroupService,
  GroupUpdate,
} from '../services';
import type {ChatUser} from '../types';
import {GROUP, GROUP_CHANGE, NEW_GROUP} from './group.schemas';
import {bodyOperationSpec, operationSpec} from './operation-spec';
import {idParam, jsonBody} from './parameters';
import {listOf} from './schemas';

/** REST operations of groups. */
@authenticate(CHAT_AUTH_STRATEGY)
@intercept(ChatServiceBindings.Access)
export class GroupController {
  constructor(
    @inject(ChatServiceBindings.GroupService)
    private readonly groups: GroupService,
    @inject(ChatServiceBindings.GroupReaderService)
    private readonly reader: GroupReaderService,
    // A controller is made before its interceptors have seen to the user.
    @inject.getter(ChatInternalBindings.CurrentUser)
    private readonly currentUser: Getter<ChatUser>,
  ) {}

  /** Makes a group that the caller owns. */
  @authorize({permissions: POLICY.createGroup})
  @post(
    '/groups',
    bodyOperationSpec(
      'Makes a group that the caller owns; the same key again answers the' +
        ' group that is there',
      GROUP,
      ['CHAT_BLOCKED', 'CHAT_NOT_FOUND', 'CHAT_CONFLICT'],
    ),
  )
  async create(
    @jsonBody(NEW_GROUP) draft: GroupDraft,
    @param.header.string('Idempotency-Key', {
      description:
        'A UUID that becomes the id of the group; of any version but 5, which' +
        ' names the channels of two users.',
      example: '0190a5b4-6f2c-7d3e-8a41-5b6c7d8e9f01',
    })
    key?: string,
  ): Promise<Group> {
    return this.groups.create(await this.currentUser(), draft, key);
  }

  /** Lists the groups that the caller is a member of. */
  @authorize({permissions: POLICY.viewGroup})
  @get(
    '/groups',
    operationSpec(
      'Lists the groups that the caller is a member of, the longest joined' +
        ' first',
      listOf(GROUP),
    ),
  )
  async find(
    @param.query.object(
      'filter',
      {
        type: 'object',
        additionalProperties: true,
        example: {include: ['members'], limit: 50},
      },
      {
        description:
          '`include` of `members`, `limit` (100, at most 1000) and `offset`.',
      },
    )
    filter?: object,
  ): Promise<Group[]> {
    return this.reader.find(await this.currentUser(), filter);
  }

  /** Gives one group that the caller is a member of. */
  @authorize({permissions: POLICY.viewGroup})
  @get(
    '/groups/{id}',
    operationSpec('Gives one group that the caller is a member of', GROUP, [
      'CHAT_NOT_FOUND',
    ]),
  )
  async findById(@idParam() id: string): Promise<Group> {
    return this.reader.findById(await this.currentUser(), id);
  }

  /** Changes the name or the avatar of a group that the caller administers. */
  @authorize({permissions: POLICY.updateGroup})
  @patch(
    '/groups/{id}',
    bodyOperationSpec(
      'Changes the name or the avatar of a group that the caller administers',
      GROUP,
      ['CHAT_NOT_FOUND'],
    ),
  )
  async updateById(
    @idParam() id: string,
    @jsonBody(GROUP_CHANGE) data: GroupUpdate,
  ): Promise<Group> {
    return this.groups.update(await this.currentUser(), id, data);
  }

  /** Deletes a group that the caller owns; nobody sees its messages then. */
  @authorize({permissions: POLICY.deleteGroup})
  @del(
    '/groups/{id}',
    operationSpec(
      'Deletes a group that the caller owns; nobody sees its messages then',
      undefined,
      ['CHAT_NOT_FOUND'],
    ),
  )
  async deleteById(@idParam() id: string): Promise<void> {
    await this.groups.delete(await this.currentUser(), id);
  }
}
