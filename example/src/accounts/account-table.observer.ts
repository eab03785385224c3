import {
  inject,
  lifeCycleObserver,
  type LifeCycleObserver,
} from '@loopback/core';
import type {ChatDbConfig} from '../database/chat-db.config';

/** The group of the observer; after `datasource` and the chat's migrations. */
export const ACCOUNT_TABLE_GROUP = 'accounts';

const COLUMN = {
  postgresql: {text: '', time: 'timestamptz'},
  // Compared by their bytes: what counts as the same is decided in one place.
  mysql: {
    text: 'CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
    time: 'datetime(3)',
  },
};

/** Makes the table of the accounts, before any server listens. */
@lifeCycleObserver(ACCOUNT_TABLE_GROUP)
export class AccountTableObserver implements LifeCycleObserver {
  constructor(
    @inject('datasources.chatDb')
    private readonly dataSource: {execute(sql: string): Promise<unknown>},
    @inject('datasources.config.chatDb')
    private readonly config: ChatDbConfig,
  ) {}

  async start(): Promise<void> {
    const {connector, schema = 'public'} = this.config;
    const {text, time} = COLUMN[connector];
    const table =
      connector === 'mysql'
        ? 'example_accounts'
        : `${quoted(schema)}.example_accounts`;
    await this.dataSource.execute(`
      CREATE TABLE IF NOT EXISTS ${table} (
        id varchar(64) ${text} NOT NULL PRIMARY KEY,
        account varchar(64) ${text} NOT NULL,
        account_key varchar(400) ${text} NOT NULL UNIQUE,
        password_hash varchar(255) ${text} NOT NULL,
        avatar varchar(2048) ${text},
        email varchar(254) ${text},
        created_on ${time} NOT NULL
      )`);
  }
}

/** A name as PostgreSQL reads it, whatever characters it has. */
function quoted(name: string): string {
  return `"${name.replace(/"/g, '""')}"`;
}
