import {authenticate} from '@loopback/authentication';
import {inject, intercept, type Getter} from '@loopback/core';
import {get, operation, param, type ParameterObject} from '@loopback/rest';
import {authorize} from 'loopback4-authorization';
import {
  CHAT_AUTH_STRATEGY,
  ChatInternalBindings,
  ChatServiceBindings,
} from '../keys';
import {POLICY} from '../permissions';
import type {
  AttachmentDownloadService,
  Disposition,
  DownloadOffer,
} from '../services';
import type {ChatUser} from '../types';
import {fileAnswerSpec} from './file-answer-spec';
import {idParam} from './parameters';

/** How a browser is to take the file. */
const dispositionParam = () =>
  param({
    name: 'disposition',
    in: 'query',
    description:
      '`inline` shows images, audio, video and PDF in place; all else is saved.',
    schema: {type: 'string', enum: ['attachment', 'inline']},
    example: 'inline',
  } as ParameterObject);

/** REST operations of the bytes of files. */
@authenticate(CHAT_AUTH_STRATEGY)
@intercept(ChatServiceBindings.Access, ChatInternalBindings.FileAnswer)
export class AttachmentDownloadController {
  constructor(
    @inject('chat.attachmentDownloadService')
    private readonly downloads: AttachmentDownloadService,
    // A controller is made before its interceptors have seen to the user.
    @inject.getter(ChatInternalBindings.CurrentUser)
    private readonly currentUser: Getter<ChatUser>,
  ) {}

  /** Gives a file that the caller may have; each time is written down. */
  @authorize({permissions: POLICY.viewAttachmentFile})
  @get(
    '/attach-files/{id}/download',
    fileAnswerSpec(
      'Gives a file that the caller may have; each time is written down',
    ),
  )
  async download(
    @idParam() id: string,
    @dispositionParam() disposition?: Disposition,
  ): Promise<DownloadOffer> {
    const user = await this.currentUser();
    return this.downloads.offer(user, id, {disposition});
  }

  /** Tells of a file what a download would, without its bytes. */
  @authorize({permissions: POLICY.viewAttachmentFile})
  @operation(
    'head',
    '/attach-files/{id}/download',
    fileAnswerSpec('Tells of a file what a download would, without its bytes', {
      isHead: true,
    }),
  )
  async downloadHead(
    @idParam() id: string,
    @dispositionParam() disposition?: Disposition,
  ): Promise<DownloadOffer> {
    const user = await this.currentUser();
    return this.downloads.offer(user, id, {disposition});
  }

  /** Gives the small picture of a file that the caller may have. */
  @authorize({permissions: POLICY.viewAttachmentFile})
  @get(
    '/attach-files/{id}/thumbnail',
    fileAnswerSpec(
      'Gives the small picture of a file that the caller may have',
    ),
  )
  async thumbnail(
    @idParam() id: string,
    @dispositionParam() disposition?: Disposition,
  ): Promise<DownloadOffer> {
    const variant = 'thumbnail';
    const user = await this.currentUser();
    return this.downloads.offer(user, id, {variant, disposition});
  }
}
