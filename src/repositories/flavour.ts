import {
  Binding,
  BindingScope,
  createBindingFromClass,
  type Constructor,
  type ValueFactory,
} from '@loopback/core';
import type {Entity, EntityCrudRepository, juggler} from '@loopback/repository';
import type {SequelizeDataSource} from '@loopback/sequelize';
import {
  AttachmentDownload,
  AttachmentFile,
  Channel,
  ChannelMember,
  Contact,
  JwtKey,
  Message,
  MessageEdit,
  MessageReaction,
  MessageRecipient,
  Notification,
} from '../models';
import {ChannelMemberRepositoryMixin} from './channel-member.repository';
import * as juggling from './juggler';
import type {ModelClass} from './model-class';
import {SQL_RUNNER, type SqlRunner} from './sql-runner';

/** The data source of the ancestor's authentication service. */
const AUTH_DB_NAME = 'AuthDB';
const SQL_CONNECTORS = ['postgresql', 'mysql'];

/** Makes the class of a model's repository, in one ORM. */
type RepositoryFactory = <E extends Entity>(
  model: ModelClass<E>,
  dataSourceName?: string,
) => Constructor<EntityCrudRepository<E, string>>;

/**
 * Makes the bindings of the repositories, in one of the two ORMs.
 * @throws Error when Sequelize is asked for and not installed
 */
export function loadFlavour(
  useSequelize: boolean,
  hasAuthDb: boolean,
): Binding[] {
  const {bindings, of} = useSequelize ? sequelizeFlavour() : jugglerFlavour();
  // Where `AuthDB` is not bound, who asks for all repositories would fail.
  const ofAuthDb = hasAuthDb
    ? [repository('JwtKeyRepository', of(JwtKey, AUTH_DB_NAME))]
    : [];
  return [...bindings, ...ofAuthDb];
}

/** The bindings of one ORM, and what makes more repositories of it. */
interface Flavour {
  readonly bindings: Binding[];
  readonly of: RepositoryFactory;
}

function jugglerFlavour(): Flavour {
  const of = juggling.jugglerRepository;
  const bindings = [
    ...repositories(of),
    sqlRunner(async ({context}) => {
      const dataSource =
        await context.get<juggler.DataSource>('datasources.chatDb');
      return SQL_CONNECTORS.includes(dataSource.connector?.name ?? '')
        ? new juggling.JugglerSqlRunner(dataSource)
        : undefined;
    }),
  ];
  return {bindings, of};
}

function sequelizeFlavour(): Flavour {
  const sequelizing = requireSequelizeFlavour();
  const of = sequelizing.sequelizeRepository;
  const bindings = [
    ...repositories(of),
    sqlRunner(async ({context}) => {
      const dataSource =
        await context.get<SequelizeDataSource>('datasources.chatDb');
      return new sequelizing.SequelizeSqlRunner(dataSource);
    }),
  ];
  return {bindings, of};
}

function repositories(of: RepositoryFactory): Binding[] {
  return [
    repository('AttachmentDownloadRepository', of(AttachmentDownload)),
    repository('AttachmentFileRepository', of(AttachmentFile)),
    repository('ChannelRepository', of(Channel)),
    repository(
      'ChannelMemberRepository',
      ChannelMemberRepositoryMixin(of(ChannelMember)),
    ),
    repository('ContactRepository', of(Contact)),
    repository('MessageRepository', of(Message)),
    repository('MessageEditRepository', of(MessageEdit)),
    repository('MessageReactionRepository', of(MessageReaction)),
    repository('MessageRecipientRepository', of(MessageRecipient)),
    repository('NotificationRepository', of(Notification)),
  ];
}

function repository(name: string, flavour: Constructor<unknown>): Binding {
  return createBindingFromClass(flavour, {
    key: `repositories.${name}`,
    type: 'repository',
  });
}

function sqlRunner(make: ValueFactory<SqlRunner | undefined>): Binding {
  return Binding.bind<SqlRunner | undefined>(SQL_RUNNER)
    .toDynamicValue(make)
    .inScope(BindingScope.SINGLETON);
}

/** Loaded only on demand: `@loopback/sequelize` is an optional peer. */
function requireSequelizeFlavour(): typeof import('./sequelize') {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    return require('./sequelize');
  } catch (err) {
    throw new Error(
      'useSequelize needs @loopback/sequelize and the driver of your database.',
      {cause: err},
    );
  }
}
