import {inject} from '@loopback/core';
import {
  SequelizeCrudRepository,
  type SequelizeDataSource,
} from '@loopback/sequelize';
import {ChannelMember} from '../../models';
import {ChannelMemberRepositoryMixin} from '../channel-member.repository';
import {PlainRowsMixin} from '../plain-rows.mixin';

/** {@link ChannelMemberRepository} on Sequelize. */
export class ChannelMemberSequelizeRepository extends ChannelMemberRepositoryMixin(
  PlainRowsMixin<ChannelMember>(SequelizeCrudRepository),
) {
  constructor(@inject('datasources.chatDb') dataSource: SequelizeDataSource) {
    super(ChannelMember, dataSource);
  }
}
