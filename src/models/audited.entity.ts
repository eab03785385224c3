import {Entity, model, property} from '@loopback/repository';

/** The columns that the server alone sets: who made, changed and deleted a row, and when. */
@model()
export class AuditedEntity extends Entity {
  @property({type: 'string', name: 'created_by', jsonSchema: {readOnly: true}})
  createdBy?: string;

  @property({type: 'date', name: 'created_on', jsonSchema: {readOnly: true}})
  createdOn?: Date;

  @property({type: 'string', name: 'modified_by', jsonSchema: {readOnly: true}})
  modifiedBy?: string;

  @property({type: 'date', name: 'modified_on', jsonSchema: {readOnly: true}})
  modifiedOn?: Date;

  @property({type: 'boolean', default: false, jsonSchema: {readOnly: true}})
  deleted?: boolean;

  @property({type: 'string', name: 'deleted_by', jsonSchema: {readOnly: true}})
  deletedBy?: string;

  @property({type: 'date', name: 'deleted_on', jsonSchema: {readOnly: true}})
  deletedOn?: Date;
}
