import {inject} from '@loopback/core';
import type {SequelizeDataSource} from '@loopback/sequelize';
import {Channel} from '../../models';
import {PlainRowsMixin} from '../plain-rows.mixin';
import {PreciseDatesRepository} from './precise-dates.repository';

/** {@link ChannelRepository} on Sequelize. */
export class ChannelSequelizeRepository extends PlainRowsMixin<Channel>(
  PreciseDatesRepository,
) {
  constructor(@inject('datasources.chatDb') dataSource: SequelizeDataSource) {
    super(Channel, dataSource);
  }
}
