import {ChatError} from '../errors';
import {toChatError} from './answer';
import {postByFetch, postByXhr, xhrMaker, type Post} from './http-post';
import type {TokenSource} from './token-source';
import type {UploadedFile, Uploader, UploadRequest} from './uploads';

/** Stores files by `POST /attach-files/upload`. */
export class RestUploader implements Uploader {
  private readonly url: string;

  /** @param fetchIt - given by the app, it is used even where browsers could tell more */
  constructor(
    baseUrl: string,
    private readonly tokens: TokenSource,
    private readonly fetchIt?: typeof fetch,
  ) {
    this.url = `${baseUrl.replace(/\/+$/, '')}/attach-files/upload`;
  }

  async upload({
    file,
    name = nameOf(file),
    channelId,
    onProgress,
    signal,
  }: UploadRequest): Promise<UploadedFile> {
    const body = new FormData();
    // Fields come first, so that a server that streams knows the channel.
    body.append('channelId', channelId);
    body.append('file', file, name);
    const total = file.size;
    const post = {url: this.url, body, total, onProgress, signal};
    let answer = await this.post({...post, token: await this.tokens.current()});
    if (answer.status === 401 && this.tokens.canRenew) {
      answer = await this.post({...post, token: await this.tokens.renew()});
    }
    const stored = read(answer);
    onProgress?.({loaded: total, total});
    return stored;
  }

  private post(post: Post) {
    const makeXhr = this.fetchIt ? undefined : xhrMaker();
    return makeXhr
      ? postByXhr(makeXhr(), post)
      : postByFetch(this.fetchIt ?? globalThis.fetch, post);
  }
}

function nameOf(file: Blob): string {
  const {name} = file as {name?: unknown};
  return typeof name === 'string' ? name : 'file';
}

function read({status, text}: {status: number; text: string}): UploadedFile {
  const body = parse(text) as {error?: object} | UploadedFile[] | undefined;
  if (status >= 300) {
    const error = body && 'error' in body ? body.error : undefined;
    throw toChatError({statusCode: status, ...error});
  }
  const [stored] = Array.isArray(body) ? body : [body as UploadedFile];
  if (typeof stored?.id === 'string') return stored;
  throw new ChatError('CHAT_INTERNAL', {cause: 'No id of an attachment.'});
}

/** A proxy may answer with something else than JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
