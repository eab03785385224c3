import {inject} from '@loopback/core';
import {DefaultCrudRepository, type juggler} from '@loopback/repository';
import {ChannelMember} from '../../models';
import {ChannelMemberRepositoryMixin} from '../channel-member.repository';
import {PlainRowsMixin} from '../plain-rows.mixin';

/** {@link ChannelMemberRepository} on juggler. */
export class ChannelMemberJugglerRepository extends ChannelMemberRepositoryMixin(
  PlainRowsMixin<ChannelMember>(DefaultCrudRepository),
) {
  constructor(@inject('datasources.chatDb') dataSource: juggler.DataSource) {
    super(ChannelMember, dataSource);
  }
}
