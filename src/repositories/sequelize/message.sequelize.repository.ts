import {inject} from '@loopback/core';
import {
  SequelizeCrudRepository,
  type SequelizeDataSource,
} from '@loopback/sequelize';
import {Message} from '../../models';
import {PlainRowsMixin} from '../plain-rows.mixin';

/** {@link MessageRepository} on Sequelize. */
export class MessageSequelizeRepository extends PlainRowsMixin<Message>(
  SequelizeCrudRepository,
) {
  constructor(@inject('datasources.chatDb') dataSource: SequelizeDataSource) {
    super(Message, dataSource);
  }
}
