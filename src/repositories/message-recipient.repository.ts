import type {EntityCrudRepository} from '@loopback/repository';
import type {MessageRecipient} from '../models';

/** Users' own flags on messages. */
export type MessageRecipientRepository = EntityCrudRepository<
  MessageRecipient,
  string
>;
