import {authenticate} from '@loopback/authentication';
import {inject, intercept, type Getter} from '@loopback/core';
import {post, requestBody, type Request} from '@loopback/rest';
import {authorize} from 'loopback4-authorization';
import {
  CHAT_AUTH_STRATEGY,
  ChatInternalBindings,
  ChatServiceBindings,
} from '../keys';
import type {AttachmentFile} from '../models';
import {POLICY} from '../permissions';
import type {AttachmentUploadService, UploadForm} from '../services';
import type {ChatUser} from '../types';
import {bodyOperationSpec} from './operation-spec';
import {STORED_ATTACHMENT, UPLOAD} from './attachment-file.schemas';
import {listOf} from './schemas';

/** The REST operation that takes files in. */
@authenticate(CHAT_AUTH_STRATEGY)
@intercept(ChatServiceBindings.Access)
export class AttachmentUploadController {
  constructor(
    @inject('chat.attachmentUploadService')
    private readonly uploads: AttachmentUploadService,
    // A controller is made before its interceptors have seen to the user.
    @inject.getter(ChatInternalBindings.CurrentUser)
    private readonly currentUser: Getter<ChatUser>,
    @inject.getter(ChatInternalBindings.UploadForm)
    private readonly uploadForm: Getter<UploadForm>,
  ) {}

  /** Stores files: all of them or none. */
  @authorize({permissions: POLICY.createAttachmentFile})
  @post(
    '/attach-files/upload',
    bodyOperationSpec(
      'Stores files: all of them or none',
      listOf(STORED_ATTACHMENT),
      ['CHAT_BLOCKED', 'CHAT_NOT_FOUND', 'CHAT_RATE_LIMITED'],
    ),
  )
  async upload(
    // The form reads the request as it comes; this keeps LoopBack from it.
    @requestBody(UPLOAD) _request: Request,
  ): Promise<AttachmentFile[]> {
    return this.uploads.upload(
      await this.currentUser(),
      await this.uploadForm(),
    );
  }
}
