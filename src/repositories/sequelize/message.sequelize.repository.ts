import {inject} from '@loopback/core';
import type {SequelizeDataSource} from '@loopback/sequelize';
import {Message} from '../../models';
import {PlainRowsMixin} from '../plain-rows.mixin';
import {PreciseDatesRepository} from './precise-dates.repository';

/** {@link MessageRepository} on Sequelize. */
export class MessageSequelizeRepository extends PlainRowsMixin<Message>(
  PreciseDatesRepository,
) {
  constructor(@inject('datasources.chatDb') dataSource: SequelizeDataSource) {
    super(Message, dataSource);
  }
}
