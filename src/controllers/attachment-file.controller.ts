import {authenticate} from '@loopback/authentication';
import {inject, intercept, type Getter} from '@loopback/core';
import type {
  Count,
  Filter,
  FilterExcludingWhere,
  Where,
} from '@loopback/repository';
import {del, get, patch, post, put} from '@loopback/rest';
import {authorize} from 'loopback4-authorization';
import {
  CHAT_AUTH_STRATEGY,
  ChatInternalBindings,
  ChatServiceBindings,
} from '../keys';
import type {AttachmentFile} from '../models';
import {POLICY} from '../permissions';
import type {AttachmentFileService} from '../services';
import type {ChatUser} from '../types';
import {bodyOperationSpec, COUNT, operationSpec} from './operation-spec';
import {filterParam, idParam, jsonBody, whereParam} from './parameters';
import {
  ATTACHMENT,
  ATTACHMENT_CHANGE,
  NEW_ATTACHMENT,
  NEW_ATTACHMENTS,
} from './attachment-file.schemas';
import {listOf} from './schemas';

/** REST operations of what is known of files. */
@authenticate(CHAT_AUTH_STRATEGY)
@intercept(ChatServiceBindings.Access)
export class AttachmentFileController {
  constructor(
    @inject('chat.attachmentFileService')
    private readonly files: AttachmentFileService,
    // A controller is made before its interceptors have seen to the user.
    @inject.getter(ChatInternalBindings.CurrentUser)
    private readonly currentUser: Getter<ChatUser>,
  ) {}

  /** Notes a file that the host keeps. */
  @authorize({permissions: POLICY.createAttachmentFile})
  @post(
    '/attach-files',
    bodyOperationSpec('Notes a file that the host keeps', ATTACHMENT, [
      'CHAT_NOT_FOUND',
    ]),
  )
  async create(
    @jsonBody(NEW_ATTACHMENT) draft: Partial<AttachmentFile>,
  ): Promise<AttachmentFile> {
    return this.files.create(await this.currentUser(), draft);
  }

  /** Notes many files: all of them or none. */
  @authorize({permissions: POLICY.createAttachmentFile})
  @post(
    '/attach-files/bulk',
    bodyOperationSpec(
      'Notes many files: all of them or none',
      listOf(ATTACHMENT),
      ['CHAT_NOT_FOUND'],
    ),
  )
  async createBulk(
    @jsonBody(NEW_ATTACHMENTS)
    {attachmentFiles}: {attachmentFiles: Partial<AttachmentFile>[]},
  ): Promise<AttachmentFile[]> {
    return this.files.createBulk(await this.currentUser(), attachmentFiles);
  }

  /** Counts attachments that the caller may see. */
  @authorize({permissions: POLICY.viewAttachmentFile})
  @get(
    '/attach-files/count',
    operationSpec('Counts attachments that the caller may see', COUNT),
  )
  async count(@whereParam() where?: Where<AttachmentFile>): Promise<Count> {
    return this.files.count(await this.currentUser(), where);
  }

  /** Lists attachments that the caller may see. */
  @authorize({permissions: POLICY.viewAttachmentFile})
  @get(
    '/attach-files',
    operationSpec(
      'Lists attachments that the caller may see',
      listOf(ATTACHMENT),
    ),
  )
  async find(
    @filterParam() filter?: Filter<AttachmentFile>,
  ): Promise<AttachmentFile[]> {
    return this.files.find(await this.currentUser(), filter);
  }

  /** Changes those of the selected attachments that are the caller's. */
  @authorize({permissions: POLICY.updateAttachmentFile})
  @patch(
    '/attach-files',
    bodyOperationSpec(
      "Changes those of the selected attachments that are the caller's",
      COUNT,
    ),
  )
  async updateAll(
    @jsonBody(ATTACHMENT_CHANGE) data: Partial<AttachmentFile>,
    @whereParam() where?: Where<AttachmentFile>,
  ): Promise<Count> {
    return this.files.updateAll(await this.currentUser(), data, where);
  }

  /** Gives one attachment that the caller may see. */
  @authorize({permissions: POLICY.viewAttachmentFile})
  @get(
    '/attach-files/{id}',
    operationSpec('Gives one attachment that the caller may see', ATTACHMENT, [
      'CHAT_NOT_FOUND',
    ]),
  )
  async findById(
    @idParam() id: string,
    @filterParam() filter?: FilterExcludingWhere<AttachmentFile>,
  ): Promise<AttachmentFile> {
    return this.files.findById(await this.currentUser(), id, filter);
  }

  /** Changes an attachment of the caller's in part. */
  @authorize({permissions: POLICY.updateAttachmentFile})
  @patch(
    '/attach-files/{id}',
    bodyOperationSpec(
      "Changes an attachment of the caller's in part",
      undefined,
      ['CHAT_NOT_FOUND'],
    ),
  )
  async updateById(
    @idParam() id: string,
    @jsonBody(ATTACHMENT_CHANGE) data: Partial<AttachmentFile>,
  ): Promise<void> {
    await this.files.updateById(await this.currentUser(), id, data);
  }

  /** Changes an attachment of the caller's whole: what is left out is emptied. */
  @authorize({permissions: POLICY.updateAttachmentFile})
  @put(
    '/attach-files/{id}',
    bodyOperationSpec(
      "Changes an attachment of the caller's whole: what is left out is emptied",
      undefined,
      ['CHAT_NOT_FOUND'],
    ),
  )
  async replaceById(
    @idParam() id: string,
    @jsonBody(ATTACHMENT_CHANGE) data: Partial<AttachmentFile>,
  ): Promise<void> {
    await this.files.replaceById(await this.currentUser(), id, data);
  }

  /** Deletes an attachment of the caller's. */
  @authorize({permissions: POLICY.deleteAttachmentFile})
  @del(
    '/attach-files/{id}',
    operationSpec("Deletes an attachment of the caller's", undefined, [
      'CHAT_NOT_FOUND',
    ]),
  )
  async deleteById(@idParam() id: string): Promise<void> {
    await this.files.deleteById(await this.currentUser(), id);
  }
}
