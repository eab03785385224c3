import {authenticate} from '@loopback/authentication';
import {inject, intercept, type Getter} from '@loopback/core';
import type {Count} from '@loopback/repository';
import {get} from '@loopback/rest';
import {authorize} from 'loopback4-authorization';
import {
  CHAT_AUTH_STRATEGY,
  ChatInternalBindings,
  ChatServiceBindings,
} from '../keys';
import type {DownloadPart, DownloadVariant} from '../models';
import {POLICY} from '../permissions';
import type {
  DownloadListing,
  DownloadListingService,
  DownloadSelection,
} from '../services';
import type {ChatUser} from '../types';
import {
  fromParam,
  outcomeParam,
  partParam,
  selectedIdParam,
  toParam,
  variantParam,
} from './download-selection.parameters';
import {DOWNLOAD_PAGE} from './download.schemas';
import {tableSpec} from './file-answer-spec';
import {limitParam, pageTokenParam} from './listing.parameters';
import {COUNT, operationSpec} from './operation-spec';
import {idParam} from './parameters';

const FILE_ID = '0190a5b4-6f2c-7d3e-8a41-5b6c7d8e9f01';
const PAGE_TOKEN =
  'WyIyNTM0MDIyMTQ0MDAwMDAiLCJmZmZmZmZmZi1mZmZmLTRmZmYtYmZmZi1mZmZmZmZmZmZmZmYiXQ';

/** REST operations of who downloaded what; nothing changes it. */
@authenticate(CHAT_AUTH_STRATEGY)
@intercept(ChatServiceBindings.Access, ChatInternalBindings.TableAnswer)
export class DownloadAuditController {
  constructor(
    @inject('chat.downloadListingService')
    private readonly downloads: DownloadListingService,
    // A controller is made before its interceptors have seen to the user.
    @inject.getter(ChatInternalBindings.CurrentUser)
    private readonly currentUser: Getter<ChatUser>,
  ) {}

  /** Lists who downloaded a file of the caller's, the newest first. */
  @authorize({permissions: POLICY.viewFileDownloads})
  @get(
    '/attach-files/{id}/downloads',
    tableSpec(
      "Lists who downloaded a file of the caller's, the newest first",
      DOWNLOAD_PAGE,
      ['CHAT_NOT_FOUND'],
    ),
  )
  async findOfFile(
    @idParam() id: string,
    @selectedIdParam('userId', 'bob') userId?: string,
    @fromParam() from?: Date,
    @toParam() to?: Date,
    @outcomeParam() outcome?: DownloadSelection['outcome'],
    @variantParam() variant?: DownloadVariant,
    @partParam() part?: DownloadPart,
    @limitParam() limit?: number,
    @pageTokenParam(PAGE_TOKEN) pageToken?: string,
  ): Promise<DownloadListing> {
    const selection = {userId, from, to, outcome, variant, part};
    const page = {limit, pageToken};
    const user = await this.currentUser();
    return this.downloads.selectOfFile(user, id, selection, page);
  }

  /** Lists who downloaded what, the newest first. */
  @authorize({permissions: POLICY.viewDownloadAudit})
  @get(
    '/download-audits',
    tableSpec('Lists who downloaded what, the newest first', DOWNLOAD_PAGE),
  )
  async find(
    @selectedIdParam('userId', 'bob') userId?: string,
    @selectedIdParam('fileId', FILE_ID) fileId?: string,
    @selectedIdParam('channelId', 'task-1') channelId?: string,
    @fromParam() from?: Date,
    @toParam() to?: Date,
    @outcomeParam() outcome?: DownloadSelection['outcome'],
    @variantParam() variant?: DownloadVariant,
    @partParam() part?: DownloadPart,
    @limitParam() limit?: number,
    @pageTokenParam(PAGE_TOKEN) pageToken?: string,
  ): Promise<DownloadListing> {
    const ids = {userId, fileId, channelId};
    const selection = {...ids, from, to, outcome, variant, part};
    return this.downloads.select(selection, {limit, pageToken});
  }

  /** Counts downloads. */
  @authorize({permissions: POLICY.viewDownloadAudit})
  @get('/download-audits/count', operationSpec('Counts downloads', COUNT))
  async count(
    @selectedIdParam('userId', 'bob') userId?: string,
    @selectedIdParam('fileId', FILE_ID) fileId?: string,
    @selectedIdParam('channelId', 'task-1') channelId?: string,
    @fromParam() from?: Date,
    @toParam() to?: Date,
    @outcomeParam() outcome?: DownloadSelection['outcome'],
    @variantParam() variant?: DownloadVariant,
    @partParam() part?: DownloadPart,
  ): Promise<Count> {
    const ids = {userId, fileId, channelId};
    return this.downloads.count({...ids, from, to, outcome, variant, part});
  }
}
