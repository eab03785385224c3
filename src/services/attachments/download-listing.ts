import type {Where} from '@loopback/repository';
import {AttachmentDownload} from '../../models';
import type {AttachmentDownloadRepository} from '../../repositories';
import {toLimit, type ListingQuery} from '../listing-place';
import {allOf, isAfter, tokenAfter} from './download-query';

/** Some of the downloads, and where there are more. */
export interface DownloadPage {
  readonly downloads: AttachmentDownload[];
  readonly nextPageToken?: string;
}

/** Rows that one statement brings of a whole listing; bounds memory. */
const BATCH = 1000;

/** Downloads that were selected, the newest first; read when they are asked for. */
export class DownloadListing {
  /** What there is to know of each of them, in order. */
  static readonly columns = Object.keys(
    AttachmentDownload.definition.properties,
  ) as readonly (keyof AttachmentDownload)[];

  constructor(
    private readonly downloads: AttachmentDownloadRepository,
    private readonly conditions: readonly Where<AttachmentDownload>[],
    private readonly query: ListingQuery,
  ) {}

  /**
   * Reads the page that was asked for, by one statement.
   * @throws ChatError CHAT_INPUT_INVALID
   */
  async page(): Promise<DownloadPage> {
    const limit = toLimit(this.query.limit);
    const rows = await this.read(limit + 1, this.query.pageToken);
    const downloads = rows.slice(0, limit);
    if (rows.length <= limit) return {downloads};
    return {downloads, nextPageToken: tokenAfter(downloads[limit - 1])};
  }

  /** Reads all that was selected, whatever page was asked for; never an empty batch. */
  async *batches(): AsyncGenerator<AttachmentDownload[]> {
    let token: string | undefined;
    for (;;) {
      const rows = await this.read(BATCH, token);
      if (rows.length) yield rows;
      if (rows.length < BATCH) return;
      token = tokenAfter(rows[BATCH - 1]);
    }
  }

  private async read(
    limit: number,
    pageToken?: string,
  ): Promise<AttachmentDownload[]> {
    const after = pageToken === undefined ? [] : [isAfter(pageToken)];
    return this.downloads.find({
      where: allOf([...this.conditions, ...after]),
      order: ['startedOn DESC', 'id DESC'],
      limit,
    });
  }
}
