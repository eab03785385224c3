import {
  inject,
  lifeCycleObserver,
  type LifeCycleObserver,
} from '@loopback/core';
import type {ChatDbConfig} from '../database/chat-db.config';
import {isMadeByAnother} from './account-error';

/** The group of the observer; after `datasource` and the chat's migrations. */
export const ACCOUNT_TABLES_GROUP = 'accounts.tables';

const TYPES = {
  postgresql: {text: '', long: 'text', time: 'timestamptz'},
  // Compared by their bytes: what counts as the same is decided in one place.
  mysql: {
    text: 'CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
    long: 'text CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
    time: 'datetime(3)',
  },
};

/** Makes the tables of the accounts, before any server listens. */
@lifeCycleObserver(ACCOUNT_TABLES_GROUP)
export class AccountTablesObserver implements LifeCycleObserver {
  constructor(
    @inject('datasources.chatDb')
    private readonly dataSource: {execute(sql: string): Promise<unknown>},
    @inject('datasources.config.chatDb')
    private readonly config: ChatDbConfig,
  ) {}

  async start(): Promise<void> {
    const {connector, schema = 'public'} = this.config;
    const prefix = connector === 'mysql' ? '' : `${quoted(schema)}.`;
    for (const [name, columns] of Object.entries(tables(TYPES[connector]))) {
      const own = columns.replace('{accounts}', `${prefix}example_accounts`);
      await this.make(`CREATE TABLE IF NOT EXISTS ${prefix}${name} (${own})`);
    }
  }

  private async make(statement: string): Promise<void> {
    try {
      await this.dataSource.execute(statement);
    } catch (err) {
      // Another node makes it at the same time, of which PostgreSQL takes no notice
      // until it writes the name; then it is there.
      if (!isMadeByAnother(err)) throw err;
      await this.dataSource.execute(statement);
    }
  }
}

/** Each after those that it refers to; with an account goes what is its own. */
function tables({
  text,
  long,
  time,
}: (typeof TYPES)['mysql']): Record<string, string> {
  const ofAccount =
    'FOREIGN KEY (account_id) REFERENCES {accounts} (id) ON DELETE CASCADE';
  return {
    example_accounts: `
      id varchar(64) ${text} NOT NULL PRIMARY KEY,
      account varchar(64) ${text} NOT NULL,
      account_key varchar(400) ${text} NOT NULL UNIQUE,
      password_hash varchar(255) ${text} NOT NULL,
      avatar varchar(2048) ${text},
      email varchar(254) ${text},
      created_on ${time} NOT NULL`,
    example_sessions: `
      id varchar(64) ${text} NOT NULL PRIMARY KEY,
      account_id varchar(64) ${text} NOT NULL,
      ends_on ${time} NOT NULL,
      ${ofAccount}`,
    example_permissions: `
      name varchar(64) ${text} NOT NULL PRIMARY KEY,
      description varchar(255) ${text}`,
    example_roles: `
      name varchar(64) ${text} NOT NULL PRIMARY KEY,
      description varchar(255) ${text},
      permissions ${long} NOT NULL`,
    example_account_access: `
      account_id varchar(64) ${text} NOT NULL PRIMARY KEY,
      roles ${long} NOT NULL,
      overrides ${long} NOT NULL,
      ${ofAccount}`,
  };
}

/** A name as PostgreSQL reads it, whatever characters it has. */
function quoted(name: string): string {
  return `"${name.replace(/"/g, '""')}"`;
}
