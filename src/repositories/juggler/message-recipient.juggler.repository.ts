import {inject} from '@loopback/core';
import {DefaultCrudRepository, type juggler} from '@loopback/repository';
import {MessageRecipient} from '../../models';
import {PlainRowsMixin} from '../plain-rows.mixin';

/** {@link MessageRecipientRepository} on juggler. */
export class MessageRecipientJugglerRepository extends PlainRowsMixin<MessageRecipient>(
  DefaultCrudRepository,
) {
  constructor(@inject('datasources.chatDb') dataSource: juggler.DataSource) {
    super(MessageRecipient, dataSource);
  }
}
