import {authenticate} from '@loopback/authentication';
import {inject, intercept, type Getter} from '@loopback/core';
import {del, get, param, patch, type ParameterObject} from '@loopback/rest';
import {authorize} from 'loopback4-authorization';
import {
  CHAT_AUTH_STRATEGY,
  ChatInternalBindings,
  ChatServiceBindings,
} from '../keys';
import {POLICY} from '../permissions';
import type {
  ContactPage,
  ContactService,
  ContactUpdate,
  ContactView,
} from '../services';
import type {ChatUser} from '../types';
import {CONTACT, CONTACT_CHANGE, CONTACT_PAGE} from './contact.schemas';
import {bodyOperationSpec, operationSpec} from './operation-spec';
import {limitParam, pageTokenParam} from './listing.parameters';
import {jsonBody} from './parameters';

const userIdParam = () =>
  param({
    name: 'userId',
    in: 'path',
    required: true,
    description: 'The other user.',
    schema: {type: 'string'},
    example: 'bob',
  } as ParameterObject);

/** REST operations of contacts: friends, and those who are blocked. */
@authenticate(CHAT_AUTH_STRATEGY)
@intercept(ChatServiceBindings.Access)
export class ContactController {
  constructor(
    @inject(ChatServiceBindings.ContactService)
    private readonly contacts: ContactService,
    // A controller is made before its interceptors have seen to the user.
    @inject.getter(ChatInternalBindings.CurrentUser)
    private readonly currentUser: Getter<ChatUser>,
  ) {}

  /** Lists the caller's friends and those whom the caller has blocked. */
  @authorize({permissions: POLICY.viewContact})
  @get(
    '/contacts',
    operationSpec(
      "Lists the caller's friends and those whom the caller has blocked",
      CONTACT_PAGE,
    ),
  )
  async find(
    @limitParam() limit?: number,
    @pageTokenParam('WyIhIl0') pageToken?: string,
  ): Promise<ContactPage> {
    return this.contacts.find(await this.currentUser(), {limit, pageToken});
  }

  /** Gives one contact of the caller's. */
  @authorize({permissions: POLICY.viewContact})
  @get(
    '/contacts/{userId}',
    operationSpec("Gives one contact of the caller's", CONTACT, [
      'CHAT_NOT_FOUND',
    ]),
  )
  async findById(@userIdParam() userId: string): Promise<ContactView> {
    return this.contacts.findById(await this.currentUser(), userId);
  }

  /** Changes a contact of the caller's, or blocks anyone. */
  @authorize({permissions: POLICY.updateContact})
  @patch(
    '/contacts/{userId}',
    bodyOperationSpec(
      "Changes a contact of the caller's, or blocks anyone",
      CONTACT,
      ['CHAT_NOT_FOUND'],
    ),
  )
  async updateById(
    @userIdParam() userId: string,
    @jsonBody(CONTACT_CHANGE) update: ContactUpdate,
  ): Promise<ContactView> {
    return this.contacts.update(await this.currentUser(), userId, update);
  }

  /** Ends a friendship on both sides; who is blocked stays so. */
  @authorize({permissions: POLICY.deleteContact})
  @del(
    '/contacts/{userId}',
    operationSpec(
      'Ends a friendship on both sides; who is blocked stays so',
      undefined,
      ['CHAT_NOT_FOUND'],
    ),
  )
  async deleteById(@userIdParam() userId: string): Promise<void> {
    await this.contacts.delete(await this.currentUser(), userId);
  }
}
