import type {EntityCrudRepository} from '@loopback/repository';
import type {Message, MessageRelations} from '../models';

/** The stored messages; new ones go in through the message log. */
export type MessageRepository = EntityCrudRepository<
  Message,
  string,
  MessageRelations
>;
