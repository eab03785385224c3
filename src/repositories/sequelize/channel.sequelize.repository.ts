import {inject} from '@loopback/core';
import {
  SequelizeCrudRepository,
  type SequelizeDataSource,
} from '@loopback/sequelize';
import {Channel} from '../../models';
import {PlainRowsMixin} from '../plain-rows.mixin';

/** {@link ChannelRepository} on Sequelize. */
export class ChannelSequelizeRepository extends PlainRowsMixin<Channel>(
  SequelizeCrudRepository,
) {
  constructor(@inject('datasources.chatDb') dataSource: SequelizeDataSource) {
    super(Channel, dataSource);
  }
}
