import type {EntityCrudRepository} from '@loopback/repository';
import type {AttachmentFile} from '../models';

/** What is known of the files of messages. */
export type AttachmentFileRepository = EntityCrudRepository<
  AttachmentFile,
  string
>;
