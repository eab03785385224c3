import {
  BindingScope,
  inject,
  injectable,
  type Interceptor,
  type InvocationContext,
  type Next,
  type Provider,
} from '@loopback/core';
import {RestBindings, type Request, type Response} from '@loopback/rest';
import type {ResolvedConfig} from '../config';
import {ChatError} from '../errors';
import {ChatInternalBindings} from '../keys';
import {logFault} from '../log-fault';
import {
  DownloadOffer,
  type AttachmentDownloadService,
  type DownloadTrace,
} from '../services';
import type {ChatLogger} from '../types';
import {readRange} from './byte-range';
import {sendBytes} from './byte-sender';
import {fileHeaders} from './file-headers';
import {isKnown, isRangeValid, toValidators} from './validators';

/** Answers what is offered of a file as HTTP has it: whole, in part, or not again. */
@injectable({scope: BindingScope.SINGLETON})
export class FileAnswerInterceptor implements Provider<Interceptor> {
  constructor(
    @inject(ChatInternalBindings.Config)
    private readonly config: ResolvedConfig,
    @inject('chat.attachmentDownloadService')
    private readonly downloads: AttachmentDownloadService,
    @inject(ChatInternalBindings.Logger) private readonly logger: ChatLogger,
  ) {}

  value(): Interceptor {
    return (invocation, next) => this.intercept(invocation, next);
  }

  private async intercept(invocation: InvocationContext, next: Next) {
    const offer = await next();
    if (!(offer instanceof DownloadOffer)) return offer;
    const request = await invocation.get(RestBindings.Http.REQUEST);
    const response = await invocation.get(RestBindings.Http.RESPONSE);
    await this.answer(offer, request, response);
    // Whatever sequence runs knows by this that nothing is left to be written.
    return response;
  }

  private async answer(
    offer: DownloadOffer,
    request: Request,
    response: Response,
  ): Promise<void> {
    const {size, tag, storedAt} = offer.content;
    const validators = toValidators(tag, storedAt);
    const headers = fileHeaders(offer, validators);
    const origin = originOf(request);
    const isHead = request.method === 'HEAD';
    if (isKnown(validators, request.headers)) {
      const part = isHead ? 'head' : 'not_modified';
      await this.downloads.note(offer, {part, ...origin});
      response.writeHead(304, headers).end();
      return;
    }
    if (isHead) {
      await this.downloads.note(offer, {part: 'head', ...origin});
      response.writeHead(200, {...headers, 'Content-Length': size}).end();
      return;
    }
    const range = isRangeValid(validators, request.get('If-Range'))
      ? readRange(request.headers.range, size)
      : undefined;
    if (range === 'unsatisfiable') {
      const unsatisfied = {'Content-Range': `bytes */${size}`};
      response.writeHead(416, {...unsatisfied, 'Content-Length': 0}).end();
      return;
    }
    const part = range ? 'range' : 'whole';
    await this.send(offer, {part, range, ...origin}, response, headers);
  }

  private async send(
    offer: DownloadOffer,
    trace: DownloadTrace,
    response: Response,
    headers: Record<string, string>,
  ): Promise<void> {
    const {range} = trace;
    const download = await this.downloads.open(offer, trace);
    const {idleTimeoutMs} = this.config.attachments;
    const writeHead = () =>
      response.writeHead(range ? 206 : 200, {
        ...headers,
        ...(range && {
          'Content-Range': `bytes ${range.start}-${range.end}/${offer.content.size}`,
        }),
        'Content-Length': download.size,
      });
    const sending = sendBytes(response, download, {idleTimeoutMs, writeHead});
    const {outcome, bytesSent, cause} = await sending;
    download.end({outcome, bytesSent});
    if (outcome !== 'failed') return;
    const fault = new ChatError('CHAT_UNAVAILABLE', {cause});
    if (!response.headersSent) throw fault;
    logFault(this.logger, fault, fault);
  }
}

/** Who asks, as the server sees it: `trust proxy` of the host is heard. */
function originOf({ip, headers}: Request) {
  return {address: ip, userAgent: headers['user-agent']};
}
