import {BindingScope, inject, injectable} from '@loopback/core';
import type {Filter} from '@loopback/repository';
import type {ResolvedConfig} from '../config';
import {ChatError, invalidInput} from '../errors';
import {ChatInternalBindings} from '../keys';
import {
  AttachmentFile,
  Message,
  MessageRecipient,
  type AuditedEntity,
} from '../models';
import {hasPermission, type ChatAction} from '../permissions';
import type {Row, RowModel, RowQuery, RowSource, Viewer} from '../repositories';
import type {ChatUser} from '../types';
import {
  checkFilter,
  type CheckedFilter,
  type CheckedInclusion,
} from './filter-guard';
import {groupBy} from './group-by';
import {isUuid} from './input-rules';
import {JsonText} from './json-text';
import type {RowVisibilityService} from './row-visibility.service';
import {checkWhere} from './where-guard';

const VIEW_ACTIONS: ReadonlyMap<object, ChatAction> = new Map<
  object,
  ChatAction
>([
  [Message, 'viewMessage'],
  [MessageRecipient, 'viewMessageRecipient'],
  [AttachmentFile, 'viewAttachmentFile'],
]);

/** Bounds what the inclusions of one answer bring, each row as often as written. */
const MAX_INCLUDED = 10_000;

/**
 * Reads messages, recipients and attachments by users' filters. Whatever
 * leaves the store this way, included rows too, passes the one visibility.
 */
@injectable({scope: BindingScope.SINGLETON})
export class RowReaderService {
  constructor(
    @inject(ChatInternalBindings.Config)
    private readonly config: ResolvedConfig,
    @inject(ChatInternalBindings.RowSource) private readonly rows: RowSource,
    @inject('chat.rowVisibilityService')
    private readonly visibility: RowVisibilityService,
  ) {}

  /**
   * @param within - narrows the selection further; not the user's own
   * @returns the rows that the filter selects among those the user may see
   * @throws ChatError CHAT_INPUT_INVALID when the filter asks for what is not there
   */
  async find<E extends AuditedEntity>(
    user: ChatUser,
    model: RowModel<E>,
    filter?: Filter<E>,
    within?: object,
  ): Promise<E[]> {
    const [query, checked] = this.prepare(user, model, filter, within);
    return (await this.read(query, checked)) as unknown as E[];
  }

  /** The same for answers, which only want the rows as JSON. */
  async findJson<E extends AuditedEntity>(
    user: ChatUser,
    model: RowModel<E>,
    filter?: Filter<E>,
    within?: object,
  ): Promise<JsonText | E[]> {
    const [query, checked] = this.prepare(user, model, filter, within);
    const objects = await this.readJson(query, checked);
    if (objects !== undefined) return new JsonText(`[${objects}]`);
    return (await this.read(query, checked)) as unknown as E[];
  }

  /** @throws ChatError CHAT_NOT_FOUND when there is no such row for the user */
  async findById<E extends AuditedEntity>(
    user: ChatUser,
    model: RowModel<E>,
    id: string,
    filter?: Filter<E>,
  ): Promise<E> {
    if (!isUuid(id)) throw new ChatError('CHAT_NOT_FOUND');
    const within = {id: id.toLowerCase()};
    const [row] = await this.find(user, model, filter, within);
    if (!row) throw new ChatError('CHAT_NOT_FOUND');
    return row;
  }

  /** @throws ChatError CHAT_NOT_FOUND when there is no such row for the user */
  async findJsonById<E extends AuditedEntity>(
    user: ChatUser,
    model: RowModel<E>,
    id: string,
    filter?: Filter<E>,
  ): Promise<JsonText | E> {
    if (!isUuid(id)) throw new ChatError('CHAT_NOT_FOUND');
    const within = {id: id.toLowerCase()};
    const [query, checked] = this.prepare(user, model, filter, within);
    const object = await this.readJson(query, checked);
    if (object) return new JsonText(object);
    const rows = object === '' ? [] : await this.read(query, checked);
    if (!rows.length) throw new ChatError('CHAT_NOT_FOUND');
    return rows[0] as unknown as E;
  }

  /** @returns how many rows the user may see of those that `where` selects */
  async count(
    user: ChatUser,
    model: RowModel,
    where?: object,
    within?: object,
  ): Promise<number> {
    const checked = checkWhere(model, where);
    const query = this.queryOf(user, model, within);
    return this.rows.count({
      ...query,
      where: checked ? [...query.where, checked] : query.where,
    });
  }

  /** What is included asks for the key that its own listing asks for. */
  private expectMayInclude(user: ChatUser, {include}: CheckedFilter): void {
    if (this.config.useCustomSequence) return;
    for (const {relation, scope} of include) {
      const action = VIEW_ACTIONS.get(relation.target);
      if (!action || !hasPermission(user.permissions, action)) {
        throw new ChatError('CHAT_FORBIDDEN');
      }
      this.expectMayInclude(user, scope);
    }
  }

  private prepare(
    user: ChatUser,
    model: RowModel,
    filter?: object,
    within?: object,
  ): [RowQuery, CheckedFilter] {
    const checked = checkFilter(model, filter);
    this.expectMayInclude(user, checked);
    return [this.queryOf(user, model, within), checked];
  }

  private queryOf(user: ChatUser, model: RowModel, within?: object): RowQuery {
    const viewer = this.visibility.viewerOf(user);
    return {model, viewer, where: within ? [within] : []};
  }

  /** @returns undefined where rows have to be read */
  private async readJson(
    query: RowQuery,
    {include, where, ...page}: CheckedFilter,
  ): Promise<string | undefined> {
    const conditions = [...query.where, where].filter(isPresent);
    if (include.length) return undefined;
    return this.rows.findJson?.({...query, where: conditions}, page);
  }

  private async read(
    query: RowQuery,
    {include, fields, where, ...page}: CheckedFilter,
  ): Promise<Row[]> {
    const rows = await this.rows.find(
      {...query, where: [...query.where, where].filter(isPresent)},
      // Inclusion goes by keys that the user may not have asked for.
      include.length ? page : {...page, fields},
    );
    for (const inclusion of include) {
      await this.includeInto(rows, inclusion, query.viewer);
    }
    return include.length ? rows.map(row => prune(row, fields, include)) : rows;
  }

  /** One query an inclusion, whatever the number of rows. */
  private async includeInto(
    rows: Row[],
    {relation, scope}: CheckedInclusion,
    viewer: Viewer,
  ): Promise<void> {
    const {name, keyFrom, keyTo, targetsMany} = relation;
    const keys = rows.map(row => row[keyFrom]).filter(key => !!key);
    if (!keys.length) return;
    const {limit, offset = 0, ...rest} = scope;
    const isRelated = {[keyTo]: {inq: [...new Set(keys)]}};
    const targets = await this.read(
      {model: relation.target as RowModel, viewer, where: [isRelated]},
      {...rest, fields: undefined, limit: MAX_INCLUDED, offset: 0},
    );
    const byKey = groupBy(targets, keyTo);
    let brought = 0;
    for (const row of rows) {
      const related = (byKey.get(row[keyFrom]) ?? []).slice(
        offset,
        offset + limit,
      );
      for (const one of related) brought += weightOf(one, scope.include);
      if (brought > MAX_INCLUDED) {
        const problem = `brings more than ${MAX_INCLUDED} rows`;
        throw invalidInput('include', problem);
      }
      const pruned = related.map(one =>
        prune(one, scope.fields, scope.include),
      );
      if (targetsMany ? pruned.length : pruned[0]) {
        row[name] = targetsMany ? pruned : pruned[0];
      }
    }
  }
}

/** How many rows an included row is in the answer, where each is written out. */
function weightOf(row: Row, include: CheckedInclusion[]): number {
  let weight = 1;
  for (const {relation, scope} of include) {
    const related = (row[relation.name] ?? []) as Row | Row[];
    for (const one of Array.isArray(related) ? related : [related]) {
      weight += weightOf(one, scope.include);
    }
  }
  return weight;
}

function isPresent<T>(value: T | undefined): value is T {
  return value !== undefined;
}

/** Leaves of a row the fields asked for and what was included with it. */
function prune(
  row: Row,
  fields: string[] | undefined,
  include: CheckedInclusion[],
): Row {
  if (!fields) return row;
  const kept = [...fields, ...include.map(({relation}) => relation.name)];
  const entries = Object.entries(row).filter(([name]) => kept.includes(name));
  return Object.fromEntries(entries) as Row;
}
