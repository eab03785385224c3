import {inject} from '@loopback/core';
import type {SequelizeDataSource} from '@loopback/sequelize';
import {ChannelMember} from '../../models';
import {ChannelMemberRepositoryMixin} from '../channel-member.repository';
import {PlainRowsMixin} from '../plain-rows.mixin';
import {PreciseDatesRepository} from './precise-dates.repository';

/** {@link ChannelMemberRepository} on Sequelize. */
export class ChannelMemberSequelizeRepository extends ChannelMemberRepositoryMixin(
  PlainRowsMixin<ChannelMember>(PreciseDatesRepository),
) {
  constructor(@inject('datasources.chatDb') dataSource: SequelizeDataSource) {
    super(ChannelMember, dataSource);
  }
}
