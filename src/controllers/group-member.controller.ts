import {authenticate} from '@loopback/authentication';
import {inject, intercept, type Getter} from '@loopback/core';
import {
  del,
  get,
  param,
  patch,
  post,
  type ParameterObject,
} from '@loopback/rest';
import {authorize} from 'loopback4-authorization';
import {
  CHAT_AUTH_STRATEGY,
  ChatInternalBindings,
  ChatServiceBindings,
} from '../keys';
import type {MemberRole} from '../models';
import {POLICY} from '../permissions';
import type {
  GroupMember,
  GroupMemberService,
  GroupReaderService,
} from '../services';
import type {ChatUser} from '../types';
import {GROUP_MEMBER, NEW_MEMBERS, ROLE_CHANGE} from './group.schemas';
import {bodyOperationSpec, operationSpec} from './operation-spec';
import {idParam, jsonBody} from './parameters';
import {listOf} from './schemas';

const userIdParam = () =>
  param({
    name: 'userId',
    in: 'path',
    required: true,
    description: 'The id of a member.',
    schema: {type: 'string'},
    example: 'bob',
  } as ParameterObject);

/** REST operations of the members of a group. */
@authenticate(CHAT_AUTH_STRATEGY)
@intercept(ChatServiceBindings.Access)
export class GroupMemberController {
  constructor(
    @inject(ChatServiceBindings.GroupMemberService)
    private readonly members: GroupMemberService,
    @inject(ChatServiceBindings.GroupReaderService)
    private readonly reader: GroupReaderService,
    // A controller is made before its interceptors have seen to the user.
    @inject.getter(ChatInternalBindings.CurrentUser)
    private readonly currentUser: Getter<ChatUser>,
  ) {}

  /** Lists the members of a group, the longest joined first. */
  @authorize({permissions: POLICY.viewGroup})
  @get(
    '/groups/{id}/members',
    operationSpec(
      'Lists the members of a group, the longest joined first',
      listOf(GROUP_MEMBER),
      ['CHAT_NOT_FOUND'],
    ),
  )
  async find(@idParam() id: string): Promise<GroupMember[]> {
    return this.reader.findMembers(await this.currentUser(), id);
  }

  /** Adds members to a group that the caller administers, all or none. */
  @authorize({permissions: POLICY.updateGroup})
  @post(
    '/groups/{id}/members',
    bodyOperationSpec(
      'Adds members to a group that the caller administers, all or none;' +
        ' answers the members named, those who were there before too',
      listOf(GROUP_MEMBER),
      ['CHAT_NOT_FOUND', 'CHAT_BLOCKED'],
    ),
  )
  async create(
    @idParam() id: string,
    @jsonBody(NEW_MEMBERS) {members}: {members: string[]},
  ): Promise<GroupMember[]> {
    return this.members.add(await this.currentUser(), id, members);
  }

  /** Gives a member of the caller's own group another role. */
  @authorize({permissions: POLICY.updateGroup})
  @patch(
    '/groups/{id}/members/{userId}',
    bodyOperationSpec(
      "Gives a member of the caller's own group another role; who makes" +
        ' another the owner is an admin then',
      GROUP_MEMBER,
      ['CHAT_NOT_FOUND', 'CHAT_CONFLICT'],
    ),
  )
  async updateById(
    @idParam() id: string,
    @userIdParam() userId: string,
    @jsonBody(ROLE_CHANGE) {role}: {role: MemberRole},
  ): Promise<GroupMember> {
    return this.members.setRole(await this.currentUser(), id, userId, role);
  }

  /** Removes a member from a group, or lets the caller leave it. */
  @authorize({permissions: POLICY.updateGroup})
  @del(
    '/groups/{id}/members/{userId}',
    operationSpec(
      'Removes a member from a group, or lets the caller leave it; the owner' +
        ' hands the group over first',
      undefined,
      ['CHAT_NOT_FOUND', 'CHAT_CONFLICT'],
    ),
  )
  async deleteById(
    @idParam() id: string,
    @userIdParam() userId: string,
  ): Promise<void> {
    await this.members.remove(await this.currentUser(), id, userId);
  }
}
