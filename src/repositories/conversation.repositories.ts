import type {EntityCrudRepository} from '@loopback/repository';
import type {
  Contact,
  MessageEdit,
  MessageReaction,
  Notification,
} from '../models';

/** Who is whose friend, and who is blocked by whom. */
export type ContactRepository = EntityCrudRepository<Contact, string>;

/** What edited messages said before. */
export type MessageEditRepository = EntityCrudRepository<MessageEdit, string>;

/** Who reacted to which message with what. */
export type MessageReactionRepository = EntityCrudRepository<
  MessageReaction,
  string
>;

/** What users are told of and asked. */
export type NotificationRepository = EntityCrudRepository<Notification, string>;
