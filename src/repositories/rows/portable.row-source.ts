import type {EntityCrudRepository, Filter, Where} from '@loopback/repository';
import {Message} from '../../models';
import type {ChannelMemberRepository} from '../channel-member.repository';
import {
  mayBeNowhere,
  mayBeWaiting,
  type Row,
  type RowModel,
  type RowPage,
  type RowQuery,
  type RowSource,
} from './row-source';

/** A repository of any of the models. */
export type AnyRepository = EntityCrudRepository<never, string>;

/**
 * Reads rows by plain repository calls, for connectors without SQL such as
 * `memory`.
 */
export class PortableRowSource implements RowSource {
  constructor(
    private readonly repositories: ReadonlyMap<RowModel, AnyRepository>,
    private readonly members: ChannelMemberRepository,
  ) {}

  async find(query: RowQuery, page: RowPage): Promise<Row[]> {
    const where = await this.condition(query);
    const filter = {...page, where} as Filter<never>;
    const entities = await this.repositoryOf(query.model).find(filter);
    return entities.map(entity => ({...(entity as object)}));
  }

  async count(query: RowQuery): Promise<number> {
    const where = await this.condition(query);
    return (await this.repositoryOf(query.model).count(where)).count;
  }

  async update(query: RowQuery, change: Row): Promise<number> {
    const where = await this.condition(query);
    const repository = this.repositoryOf(query.model);
    return (await repository.updateAll(change as never, where)).count;
  }

  private repositoryOf(model: RowModel): AnyRepository {
    const repository = this.repositories.get(model);
    if (!repository) throw new TypeError(`No rows of ${model.name} are kept`);
    return repository;
  }

  private async messageIds(where: object): Promise<string[]> {
    const filter = {where, fields: ['id']} as Filter<never>;
    const rows: Row[] = await this.repositoryOf(Message).find(filter);
    return rows.map(({id}) => String(id));
  }

  private async condition({
    model,
    viewer,
    where,
  }: RowQuery): Promise<Where<never>> {
    const conditions: object[] = [{deleted: false}, ...where];
    if (viewer !== 'administrator') {
      const {userId} = viewer;
      const channelIds = await this.members.channelIdsOf(userId);
      const isInChannel = {channelId: {inq: channelIds}};
      const isOwn = {channelId: null, createdBy: userId};
      conditions.push(
        mayBeNowhere(model) ? {or: [isInChannel, isOwn]} : isInChannel,
      );
      if (mayBeWaiting(model)) {
        const isCarried = {
          messageId: {inq: await this.messageIds(isInChannel)},
        };
        conditions.push({or: [{state: null}, {createdBy: userId}, isCarried]});
      }
    }
    return {and: conditions} as unknown as Where<never>;
  }
}
