import {ChatError} from '../errors';
import type {UploadProgress} from './uploads';

/** One POST of a form. */
export interface Post {
  readonly url: string;
  readonly token: string;
  readonly body: FormData;
  /** What `onProgress` counts up to. */
  readonly total: number;
  readonly onProgress?: (progress: UploadProgress) => void;
  readonly signal?: AbortSignal;
}

/** An HTTP answer. */
export interface PostAnswer {
  readonly status: number;
  readonly text: string;
}

/** What is used of a browser's XMLHttpRequest. */
interface Xhr {
  readonly upload: {onprogress: ((event: UploadProgress) => void) | null};
  readonly status: number;
  readonly responseText: string;
  onload: (() => void) | null;
  onerror: (() => void) | null;
  onabort: (() => void) | null;
  open(method: string, url: string): void;
  setRequestHeader(name: string, value: string): void;
  send(body: FormData): void;
  abort(): void;
}

/** Makes an XMLHttpRequest, where there are such. */
export function xhrMaker(): (() => Xhr) | undefined {
  const Maker = (globalThis as {XMLHttpRequest?: new () => Xhr}).XMLHttpRequest;
  return Maker && (() => new Maker());
}

/**
 * Posts by XMLHttpRequest, the one way in which browsers tell how much of a
 * body is sent.
 * @throws ChatError CHAT_UNAVAILABLE when there is no answer
 */
export function postByXhr(xhr: Xhr, post: Post): Promise<PostAnswer> {
  const {url, token, body, total, onProgress, signal} = post;
  return new Promise((resolve, reject) => {
    const fail = () => reject(new ChatError('CHAT_UNAVAILABLE'));
    xhr.open('POST', url);
    xhr.setRequestHeader('Authorization', `Bearer ${token}`);
    // The form's own boundaries are counted too.
    xhr.upload.onprogress = event =>
      onProgress?.({loaded: Math.min(event.loaded, total), total});
    xhr.onload = () => resolve({status: xhr.status, text: xhr.responseText});
    xhr.onerror = fail;
    xhr.onabort = fail;
    if (signal?.aborted) return fail();
    signal?.addEventListener('abort', () => xhr.abort());
    xhr.send(body);
  });
}

/**
 * Posts by fetch, which tells of the beginning and the end alone.
 * @throws ChatError CHAT_UNAVAILABLE when there is no answer
 */
export async function postByFetch(
  fetchIt: typeof fetch,
  {url, token, body, total, onProgress, signal}: Post,
): Promise<PostAnswer> {
  onProgress?.({loaded: 0, total});
  try {
    const headers = {Authorization: `Bearer ${token}`};
    const answer = await fetchIt(url, {method: 'POST', headers, body, signal});
    return {status: answer.status, text: await answer.text()};
  } catch (err) {
    throw new ChatError('CHAT_UNAVAILABLE', {cause: err});
  }
}
