/** How much of an upload is done, in bytes. */
export interface UploadProgress {
  readonly loaded: number;
  readonly total: number;
}

/** A file to be stored for a channel. */
export interface UploadRequest {
  readonly file: Blob;
  /** Of a `File` its own by default. */
  readonly name?: string;
  readonly channelId: string;
  /**
   * Called with growing numbers, from the beginning again where a token had to be
   * renewed; the last time with all of the total.
   */
  readonly onProgress?: (progress: UploadProgress) => void;
  /** Ends the upload. */
  readonly signal?: AbortSignal;
}

/** A file that is stored; `id` is what a message carries. */
export interface UploadedFile {
  readonly id: string;
  readonly [field: string]: unknown;
}

/**
 * Stores files before the messages that carry them are sent. An app may bring
 * its own: to a bucket by a signed address, say, followed by `POST /attach-files`.
 */
export interface Uploader {
  /**
   * Stores a file.
   * @throws ChatError as the server answers, CHAT_UNAVAILABLE when it does not
   */
  upload(request: UploadRequest): Promise<UploadedFile>;
}
