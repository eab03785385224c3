import {inject} from '@loopback/core';
import type {SequelizeDataSource} from '@loopback/sequelize';
import {AttachmentFile} from '../../models';
import {PlainRowsMixin} from '../plain-rows.mixin';
import {PreciseDatesRepository} from './precise-dates.repository';

/** {@link AttachmentFileRepository} on Sequelize. */
export class AttachmentFileSequelizeRepository extends PlainRowsMixin<AttachmentFile>(
  PreciseDatesRepository,
) {
  constructor(@inject('datasources.chatDb') dataSource: SequelizeDataSource) {
    super(AttachmentFile, dataSource);
  }
}
