import {v7 as uuidv7} from 'uuid';
import {Message} from '../../models';
import type {Row} from '../rows/row-source';
import {columnOf, SqlParams, toDriver} from '../rows/sql-where';
import type {SqlRunner} from '../sql-runner';
import type {ChannelChange} from './channel-change';
import {jsonRows, type JsonColumn} from './json-rows';
import type {MessageChanges, NumberedMessage} from './message-changes';

/** {@link MessageChanges} by one statement a table. */
export class SqlMessageChanges implements MessageChanges {
  constructor(private readonly sql: SqlRunner) {}

  async keep(
    {at, transaction}: ChannelChange,
    messages: readonly NumberedMessage[],
  ): Promise<void> {
    const params = new SqlParams(this.sql.dialect);
    const replacedOn = params.add(at);
    const rows = messages.map(({id}) => ({id, edit_id: uuidv7()}));
    const listed = this.listed(params, rows, {id: 'uuid', edit_id: 'uuid'});
    const isPostgres = this.sql.dialect === 'postgresql';
    await this.sql.execute(
      `INSERT INTO ${this.sql.table('chat_message_edits')} (id, message_id,
         channel_id, change_seq, body, ext, written_on, replaced_on)
       SELECT v.edit_id, m.id, m.channel_id, m.change_seq, m.body, m.ext,
         COALESCE(m.edited_on, m.created_on),
         ${isPostgres ? `${replacedOn}::timestamptz` : replacedOn}
       FROM ${this.sql.table('messages')} m JOIN ${listed}
         ON v.id = m.id`,
      params.values,
      transaction,
    );
  }

  async write(
    {transaction}: ChannelChange,
    messages: readonly NumberedMessage[],
    properties: Row,
  ): Promise<void> {
    const {dialect} = this.sql;
    const table = this.sql.table('messages');
    const params = new SqlParams(dialect);
    const rows = messages.map(({id, changeSeq}) => ({
      id,
      change_seq: changeSeq,
    }));
    const list = () =>
      this.listed(params, rows, {id: 'uuid', change_seq: 'int'});
    const set = () => this.assignments(params, properties);
    // MySQL counts the parameters by their place in the text.
    const text =
      dialect === 'mysql'
        ? `UPDATE ${table} m JOIN ${list()} ON v.id = m.id
           SET ${set()}m.change_seq = v.change_seq`
        : `UPDATE ${table} m SET ${set()}change_seq = v.change_seq
           FROM ${list()} WHERE v.id = m.id`;
    await this.sql.execute(text, params.values, transaction);
  }

  async strip(
    {at, transaction}: ChannelChange,
    messages: readonly NumberedMessage[],
    deletedBy: string,
  ): Promise<void> {
    for (const table of ['chat_message_edits', 'chat_message_reactions']) {
      const params = new SqlParams(this.sql.dialect);
      await this.sql.execute(
        `DELETE FROM ${this.sql.table(table)}
         WHERE message_id ${this.isOneOf(params, messages)}`,
        params.values,
        transaction,
      );
    }
    for (const table of ['message_recipients', 'message_files']) {
      const params = new SqlParams(this.sql.dialect);
      await this.sql.execute(
        `UPDATE ${this.sql.table(table)}
         SET deleted = TRUE, deleted_by = ${params.add(deletedBy)},
           deleted_on = ${params.add(at)}, modified_by = ${params.add(deletedBy)},
           modified_on = ${params.add(at)}
         WHERE message_id ${this.isOneOf(params, messages)} AND NOT deleted`,
        params.values,
        transaction,
      );
    }
  }

  /** Each with a comma after it; there may be none. */
  private assignments(params: SqlParams, properties: Row): string {
    const column = this.sql.dialect === 'mysql' ? 'm.' : '';
    return Object.entries(properties)
      .map(([name, value]) => {
        const {type} = Message.definition.properties[name];
        const placeholder = params.add(toDriver(type, value));
        return `${column}${columnOf(Message, name)} = ${placeholder}, `;
      })
      .join('');
  }

  private isOneOf(
    params: SqlParams,
    messages: readonly NumberedMessage[],
  ): string {
    // An adopted column may be text; PostgreSQL takes the type of an array from it.
    if (this.sql.dialect === 'postgresql') {
      return `= ANY(${params.add(messages.map(({id}) => id))})`;
    }
    // MySQL would look at, and lock, every row of the table for a subselect.
    return `IN (${messages.map(({id}) => params.add(id)).join(', ')})`;
  }

  private listed(
    params: SqlParams,
    rows: object[],
    columns: Record<string, JsonColumn>,
  ): string {
    const {dialect} = this.sql;
    const placeholder = params.add(JSON.stringify(rows));
    return jsonRows(dialect, placeholder, 'v', columns);
  }
}
