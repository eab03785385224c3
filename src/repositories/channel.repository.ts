import type {EntityCrudRepository} from '@loopback/repository';
import type {Channel} from '../models';

/** The channels with their counters. */
export type ChannelRepository = EntityCrudRepository<Channel, string>;
