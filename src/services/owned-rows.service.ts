import type {Count, Filter} from '@loopback/repository';
import {ChatError, invalidInput} from '../errors';
import type {AuditedEntity} from '../models';
import type {
  Row,
  RowModel,
  RowQuery,
  RowSource,
  SqlTransaction,
} from '../repositories';
import type {ChatUser} from '../types';
import {InputCheck} from './input-rules';
import type {JsonText} from './json-text';
import type {RowReaderService} from './row-reader.service';
import type {RowVisibilityService} from './row-visibility.service';
import {checkWhere} from './where-guard';

/** What the server alone sets; a client may send it back and is not heard. */
const SERVER_SET = [
  ...['createdBy', 'createdOn', 'modifiedBy', 'modifiedOn'],
  ...['deleted', 'deletedBy', 'deletedOn'],
  ...['seq', 'changeSeq', 'kind', 'editedOn'],
];

/**
 * What users may do with rows of one model: read what is visible, change and
 * delete what is theirs. Each statement carries its rule as a condition, so
 * that nothing changes between the check and the write.
 */
export abstract class OwnedRowsService<E extends AuditedEntity> {
  protected constructor(
    protected readonly model: RowModel<E>,
    protected readonly reader: RowReaderService,
    protected readonly visibility: RowVisibilityService,
    private readonly rows: RowSource,
  ) {}

  /** Selects the rows that the user may change. */
  protected abstract changeable(user: ChatUser): object;

  /** Selects the rows that the user may delete. */
  protected abstract deletable(user: ChatUser): object;

  /** The properties that a change may name; PUT empties those it leaves out. */
  protected abstract readonly mutable: readonly (keyof E & string)[];

  /**
   * Checks the new values and adds what follows from them.
   * @throws ChatError CHAT_INPUT_INVALID
   */
  protected abstract complete(user: ChatUser, change: Partial<E>): Partial<E>;

  /** @throws ChatError CHAT_INPUT_INVALID when the filter is wrong */
  async find(
    user: ChatUser,
    filter?: Filter<E>,
    within?: object,
  ): Promise<E[]> {
    return this.reader.find(user, this.model, filter, within);
  }

  /** @throws ChatError CHAT_NOT_FOUND when there is no such row for the user */
  async findById(user: ChatUser, id: string, filter?: Filter<E>): Promise<E> {
    return this.reader.findById(user, this.model, id, filter);
  }

  /** The same as {@link find}, for answers. */
  async findJson(user: ChatUser, filter?: Filter<E>): Promise<JsonText | E[]> {
    return this.reader.findJson(user, this.model, filter);
  }

  /** The same as {@link findById}, for answers. */
  async findJsonById(
    user: ChatUser,
    id: string,
    filter?: Filter<E>,
  ): Promise<JsonText | E> {
    return this.reader.findJsonById(user, this.model, id, filter);
  }

  /** @returns how many of the rows that the user may see `where` selects */
  async count(user: ChatUser, where?: object): Promise<Count> {
    return {count: await this.reader.count(user, this.model, where)};
  }

  /** Changes those of the selected rows that are the user's. */
  async updateAll(
    user: ChatUser,
    data: Partial<E>,
    where?: object,
    within?: object,
  ): Promise<Count> {
    const checked = this.expectScope(user, where, within);
    const change = this.complete(user, this.toChange(data));
    return this.write(user, change, [checked, within], this.changeable(user));
  }

  /** @throws ChatError CHAT_NOT_FOUND, CHAT_FORBIDDEN when it is another's */
  async updateById(
    user: ChatUser,
    id: string,
    data: Partial<E>,
  ): Promise<void> {
    const row = await this.findById(user, id);
    await this.changeRow(user, row, this.toChange(data, row));
  }

  /** @throws ChatError CHAT_NOT_FOUND, CHAT_FORBIDDEN when it is another's */
  async replaceById(
    user: ChatUser,
    id: string,
    data: Partial<E>,
  ): Promise<void> {
    const row = await this.findById(user, id);
    const isLeftOut = (name: keyof E) => data[name] === undefined;
    const emptied = this.mutable.filter(isLeftOut).map(name => [name, null]);
    await this.changeRow(user, row, {
      ...Object.fromEntries(emptied),
      ...this.toChange(data, row),
    });
  }

  /** Deletes those of the selected rows that are the user's to delete. */
  async deleteAll(
    user: ChatUser,
    where?: object,
    within?: object,
  ): Promise<Count> {
    return this.remove(user, [this.expectScope(user, where, within), within]);
  }

  /** @throws ChatError CHAT_NOT_FOUND, CHAT_FORBIDDEN when it is another's */
  async deleteById(user: ChatUser, id: string): Promise<void> {
    const row = await this.findById(user, id);
    await this.expectDone(user, id, await this.remove(user, [hasId(row)]));
  }

  /** Without a condition all rows of one's own are meant, not everybody's. */
  private expectScope(
    user: ChatUser,
    where?: object,
    within?: object,
  ): object | undefined {
    const checked = checkWhere(this.model, where);
    const isScoped = within ?? Object.keys(checked ?? {}).length;
    if (!isScoped && this.visibility.viewerOf(user) === 'administrator') {
      throw invalidInput('where', 'must be given by an administrator');
    }
    return checked;
  }

  private async changeRow(
    user: ChatUser,
    row: E,
    data: Partial<E>,
  ): Promise<void> {
    const {id} = hasId(row);
    const change = this.complete(user, data);
    const mayChange = this.changeable(user);
    const done = await this.write(user, change, [{id}], mayChange);
    await this.expectDone(user, id, done);
  }

  /** Nothing was changed: the row is another's, or gone meanwhile. */
  protected async expectDone(
    user: ChatUser,
    id: string,
    {count}: Count,
  ): Promise<void> {
    if (count) return;
    await this.findById(user, id);
    throw new ChatError('CHAT_FORBIDDEN');
  }

  /** Takes from the data what may change; of a known row, what it is may be told. */
  private toChange(data: Partial<E>, row?: E): Partial<E> {
    const check = new InputCheck();
    const names = Object.keys(data).filter(name => !SERVER_SET.includes(name));
    const isMutable = (name: string) => this.mutable.some(own => own === name);
    for (const name of names) {
      const key = name as keyof E;
      const isSaid = isMutable(name) || (!!row && isSame(row[key], data[key]));
      check.expect(isSaid, name, 'cannot be changed');
    }
    check.conclude();
    const changes = names
      .filter(isMutable)
      .map(name => [name, data[name as keyof E]]);
    return Object.fromEntries(changes) as Partial<E>;
  }

  /** Deletes those of the selected rows that `owned` selects too. */
  protected async remove(
    user: ChatUser,
    selected: (object | undefined)[],
    owned = this.deletable(user),
  ): Promise<Count> {
    return this.write(user, deletionBy(user), selected, owned);
  }

  /** Writes a change to those of the selected rows that `owned` selects too. */
  protected async write(
    user: ChatUser,
    change: object,
    selected: (object | undefined)[],
    owned: object,
  ): Promise<Count> {
    return this.writeTo(user, this.queryOf(user, selected, owned), change);
  }

  protected async writeTo(
    user: ChatUser,
    query: RowQuery,
    change: object,
    tx?: SqlTransaction,
  ): Promise<Count> {
    const data: Row = {
      ...change,
      modifiedBy: user.id,
      modifiedOn: new Date(),
    };
    return {count: await this.rows.update(query, data, tx)};
  }

  /** Selects those of the rows that `owned` selects too; an administrator all. */
  protected queryOf(
    user: ChatUser,
    selected: (object | undefined)[],
    owned: object,
  ): RowQuery {
    const viewer = this.visibility.viewerOf(user);
    const rule = viewer === 'administrator' ? undefined : owned;
    const where = [...selected, rule].filter(
      (condition): condition is object => condition !== undefined,
    );
    return {model: this.model, viewer, where};
  }
}

/** What is written into a row that a user deletes. */
export function deletionBy({id}: ChatUser): Row {
  return {deleted: true, deletedBy: id, deletedOn: new Date()};
}

function hasId(row: AuditedEntity): {id: string} {
  return {id: (row as AuditedEntity & {id: string}).id};
}

function isSame(stored: unknown, sent: unknown): boolean {
  return JSON.stringify(stored) === JSON.stringify(sent);
}
