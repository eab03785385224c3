import {inject} from '@loopback/core';
import {DefaultCrudRepository, type juggler} from '@loopback/repository';
import {AttachmentFile} from '../../models';
import {PlainRowsMixin} from '../plain-rows.mixin';

/** {@link AttachmentFileRepository} on juggler. */
export class AttachmentFileJugglerRepository extends PlainRowsMixin<AttachmentFile>(
  DefaultCrudRepository,
) {
  constructor(@inject('datasources.chatDb') dataSource: juggler.DataSource) {
    super(AttachmentFile, dataSource);
  }
}
