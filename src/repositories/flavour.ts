import {
  Binding,
  BindingScope,
  createBindingFromClass,
  type Constructor,
  type ValueFactory,
} from '@loopback/core';
import type {juggler} from '@loopback/repository';
import type {SequelizeDataSource} from '@loopback/sequelize';
import * as juggling from './juggler';
import {SQL_RUNNER, type SqlRunner} from './sql-runner';

const SQL_CONNECTORS = ['postgresql', 'mysql'];

/**
 * Makes the bindings of the repositories, in one of the two ORMs.
 * @throws Error when Sequelize is asked for and not installed
 */
export function loadFlavour(useSequelize: boolean): Binding[] {
  return useSequelize ? sequelizeFlavour() : jugglerFlavour();
}

function jugglerFlavour(): Binding[] {
  return [
    repository(
      'AttachmentFileRepository',
      juggling.AttachmentFileJugglerRepository,
    ),
    repository(
      'MessageRecipientRepository',
      juggling.MessageRecipientJugglerRepository,
    ),
    repository('MessageRepository', juggling.MessageJugglerRepository),
    repository('ChannelRepository', juggling.ChannelJugglerRepository),
    repository(
      'ChannelMemberRepository',
      juggling.ChannelMemberJugglerRepository,
    ),
    sqlRunner(async ({context}) => {
      const dataSource =
        await context.get<juggler.DataSource>('datasources.chatDb');
      return SQL_CONNECTORS.includes(dataSource.connector?.name ?? '')
        ? new juggling.JugglerSqlRunner(dataSource)
        : undefined;
    }),
  ];
}

function sequelizeFlavour(): Binding[] {
  const sequelizing = requireSequelizeFlavour();
  return [
    repository(
      'AttachmentFileRepository',
      sequelizing.AttachmentFileSequelizeRepository,
    ),
    repository(
      'MessageRecipientRepository',
      sequelizing.MessageRecipientSequelizeRepository,
    ),
    repository('MessageRepository', sequelizing.MessageSequelizeRepository),
    repository('ChannelRepository', sequelizing.ChannelSequelizeRepository),
    repository(
      'ChannelMemberRepository',
      sequelizing.ChannelMemberSequelizeRepository,
    ),
    sqlRunner(async ({context}) => {
      const dataSource =
        await context.get<SequelizeDataSource>('datasources.chatDb');
      return new sequelizing.SequelizeSqlRunner(dataSource);
    }),
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
