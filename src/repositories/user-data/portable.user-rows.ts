import type {EntityCrudRepository, Where} from '@loopback/repository';
import {Message} from '../../models';
import type {FoundMessage, Renaming, UserModel, UserRows} from './user-rows';

/** A repository of any model that holds ids of users. */
export type UserRepository = EntityCrudRepository<{id: string} & never, string>;

type Row = Record<string, unknown> & {id: string};

/** {@link UserRows} by plain repository calls, for connectors without SQL. */
export class PortableUserRows implements UserRows {
  constructor(
    private readonly repositories: ReadonlyMap<UserModel, UserRepository>,
  ) {}

  async *ids(
    model: UserModel,
    properties: readonly string[],
    userId: string,
  ): AsyncGenerator<string[]> {
    const rows = await this.find(model, {or: naming(properties, userId)});
    if (rows.length) yield rows.map(({id}) => id).sort();
  }

  async *messages(
    properties: readonly string[],
    userId: string,
  ): AsyncGenerator<FoundMessage[]> {
    const rows = await this.find(Message, {});
    const found = rows.filter(
      row =>
        properties.some(name => row[name] === userId) ||
        isIn(row.mentions, userId) ||
        (row.kind === 'system' && isIn(row.ext, userId)),
    );
    if (found.length) yield found as unknown as FoundMessage[];
  }

  async rename(
    model: UserModel,
    properties: readonly string[],
    ids: readonly string[],
    {userId, alias}: Renaming,
  ): Promise<number> {
    const rows = await this.find(model, {id: {inq: ids}});
    let count = 0;
    for (const row of rows) {
      const names = properties.filter(name => row[name] === userId);
      if (!names.length) continue;
      const change = Object.fromEntries(names.map(name => [name, alias]));
      await this.repositoryOf(model).updateById(row.id, change as never);
      count++;
    }
    return count;
  }

  private async find(model: UserModel, where: object): Promise<Row[]> {
    const repository = this.repositoryOf(model);
    return repository.find({where: where as Where<never>});
  }

  private repositoryOf(model: UserModel): UserRepository {
    const repository = this.repositories.get(model);
    if (!repository) throw new TypeError(`No rows of ${model.name} are kept`);
    return repository;
  }
}

function naming(properties: readonly string[], userId: string): object[] {
  return properties.map(name => ({[name]: userId}));
}

function isIn(value: unknown, userId: string): boolean {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? '');
  return text.includes(JSON.stringify(userId));
}
