import {inject} from '@loopback/core';
import {DefaultCrudRepository, type juggler} from '@loopback/repository';
import {Message} from '../../models';
import {PlainRowsMixin} from '../plain-rows.mixin';

/** {@link MessageRepository} on juggler. */
export class MessageJugglerRepository extends PlainRowsMixin<Message>(
  DefaultCrudRepository,
) {
  constructor(@inject('datasources.chatDb') dataSource: juggler.DataSource) {
    super(Message, dataSource);
  }
}
