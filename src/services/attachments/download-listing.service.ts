import {BindingScope, inject, injectable} from '@loopback/core';
import type {Count} from '@loopback/repository';
import {ChatError} from '../../errors';
import {PermissionKey} from '../../permissions';
import type {AttachmentDownloadRepository} from '../../repositories';
import type {ChatUser} from '../../types';
import type {ListingQuery} from '../listing-place';
import type {AttachmentAccessService} from './attachment-access.service';
import {DownloadListing} from './download-listing';
import {allOf, toConditions, type DownloadSelection} from './download-query';

/** Tells who has downloaded what. It reads only. */
@injectable({scope: BindingScope.SINGLETON})
export class DownloadListingService {
  constructor(
    @inject('chat.attachmentAccessService')
    private readonly access: AttachmentAccessService,
    @inject('repositories.AttachmentDownloadRepository')
    private readonly downloads: AttachmentDownloadRepository,
  ) {}

  /** @throws ChatError CHAT_INPUT_INVALID */
  select(
    selection: DownloadSelection = {},
    page: ListingQuery = {},
  ): DownloadListing {
    return new DownloadListing(this.downloads, toConditions(selection), page);
  }

  /** @throws ChatError CHAT_INPUT_INVALID */
  async count(selection: DownloadSelection = {}): Promise<Count> {
    return this.downloads.count(allOf(toConditions(selection)));
  }

  /**
   * Selects the downloads of one file, for its uploader, and for auditors even
   * when it is deleted.
   * @throws ChatError CHAT_NOT_FOUND, CHAT_FORBIDDEN to others who may have it
   */
  async selectOfFile(
    user: ChatUser,
    fileId: string,
    selection: Omit<DownloadSelection, 'fileId'> = {},
    page: ListingQuery = {},
  ): Promise<DownloadListing> {
    const listing = () => this.select({...selection, fileId}, page);
    if (user.permissions.includes(PermissionKey.ViewDownloadAudit)) {
      await this.access.findStored(fileId);
      return listing();
    }
    const {createdBy} = await this.access.findFor(user, fileId);
    if (createdBy !== user.id) throw new ChatError('CHAT_FORBIDDEN');
    return listing();
  }
}
