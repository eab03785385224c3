import {inject} from '@loopback/core';
import type {SequelizeDataSource} from '@loopback/sequelize';
import {MessageRecipient} from '../../models';
import {PlainRowsMixin} from '../plain-rows.mixin';
import {PreciseDatesRepository} from './precise-dates.repository';

/** {@link MessageRecipientRepository} on Sequelize. */
export class MessageRecipientSequelizeRepository extends PlainRowsMixin<MessageRecipient>(
  PreciseDatesRepository,
) {
  constructor(@inject('datasources.chatDb') dataSource: SequelizeDataSource) {
    super(MessageRecipient, dataSource);
  }
}
