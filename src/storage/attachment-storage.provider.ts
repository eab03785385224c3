import {BindingScope, inject, injectable, type Provider} from '@loopback/core';
import type {ResolvedConfig} from '../config';
import {ChatInternalBindings} from '../keys';
import type {AttachmentStorage} from './attachment-storage';
import {LocalStorage} from './local.storage';

/** Makes the storage that the config asks for. */
@injectable({scope: BindingScope.SINGLETON})
export class AttachmentStorageProvider implements Provider<AttachmentStorage> {
  constructor(
    @inject(ChatInternalBindings.Config)
    private readonly config: Pick<ResolvedConfig, 'attachments'>,
  ) {}

  /** @throws Error when S3 is asked for and its SDK is not installed */
  value(): AttachmentStorage {
    const {s3, directory, idleTimeoutMs} = this.config.attachments;
    if (!s3) return new LocalStorage(directory);
    const {S3Storage} = requireS3();
    return new S3Storage(s3, idleTimeoutMs);
  }
}

/** Loaded only on demand: the SDK is an optional peer. */
function requireS3(): typeof import('./s3.storage') {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    return require('./s3.storage');
  } catch (err) {
    throw new Error(
      'attachments.s3 needs @aws-sdk/client-s3 and @aws-sdk/lib-storage.',
      {cause: err},
    );
  }
}
