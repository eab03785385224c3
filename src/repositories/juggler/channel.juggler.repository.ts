import {inject} from '@loopback/core';
import {DefaultCrudRepository, type juggler} from '@loopback/repository';
import {Channel} from '../../models';
import {PlainRowsMixin} from '../plain-rows.mixin';

/** {@link ChannelRepository} on juggler. */
export class ChannelJugglerRepository extends PlainRowsMixin<Channel>(
  DefaultCrudRepository,
) {
  constructor(@inject('datasources.chatDb') dataSource: juggler.DataSource) {
    super(Channel, dataSource);
  }
}
