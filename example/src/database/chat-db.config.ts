import type {DatabaseEnv} from '../env';
import type {PGliteAddress} from './pglite.server';

/** Settings of the `chatDb` data source, for either ORM. */
export interface ChatDbConfig extends DatabaseEnv {
  readonly name: string;
  readonly timezone?: string;
  readonly collation?: string;
}

const DIALECT_SETTINGS = {
  postgresql: {},
  mysql: {
    // Its times have no zone: without this they are the server's local ones.
    timezone: '+00:00',
    // The connector's default has three bytes a character, and no emoji.
    collation: 'utf8mb4_general_ci',
  },
};

/** Makes the settings of the `chatDb` data source. */
export function chatDbConfig(database: DatabaseEnv): ChatDbConfig {
  const settings = DIALECT_SETTINGS[database.connector];
  return {name: 'chatDb', ...database, ...settings};
}

/** Where the embedded database is, as settings of a real one. */
export function embeddedDatabase({host, port}: PGliteAddress): DatabaseEnv {
  const [user, database] = ['postgres', 'postgres'];
  return {connector: 'postgresql', host, port, user, database};
}
