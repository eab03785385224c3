import {
  BindingKey,
  BindingScope,
  CoreBindings,
  createBindingFromClass,
  type ApplicationConfig,
} from '@loopback/core';
import {createEmptyApiSpec, RestApplication} from '@loopback/rest';
import {
  RestExplorerBindings,
  RestExplorerComponent,
} from '@loopback/rest-explorer';
import {
  CHAT_DB_NAME,
  ChatServiceBindings,
  ChatServiceComponent,
} from 'loopback4-chat';
import {ACCOUNT_TABLES_GROUP} from './accounts/account-tables.observer';
import type {Credentials} from './accounts/account.service';
import {AccountsComponent} from './accounts/accounts.component';
import {FIRST_ADMIN, FIRST_ADMIN_GROUP} from './accounts/first-admin.observer';
import {
  TOKEN_SETTINGS,
  type TokenSettings,
} from './accounts/token-issuer.service';
import type {ChatDbConfig} from './database/chat-db.config';
import {ChatDbDataSource} from './database/chat-db.datasource';
import {ChatDbSequelizeDataSource} from './database/chat-db.sequelize.datasource';

/** What the example's application is made with. */
export interface ExampleOptions {
  readonly host: string;
  readonly port: number;
  readonly useSequelize: boolean;
  /** Messages that a user may send a second, by socket. */
  readonly sendsPerSecond: number;
  readonly token: TokenSettings;
  /** An account that is an administrator from the start. */
  readonly admin?: Credentials;
  readonly database: ChatDbConfig;
}

type ChatDb = ChatDbDataSource | ChatDbSequelizeDataSource;

const CHAT_DB = BindingKey.create<ChatDb>(`datasources.${CHAT_DB_NAME}`);

/** Of the page at `/explorer`, and of the API that it shows. */
const TITLE = 'Instant messaging: REST';

/** Connections of HTTP that are still busy get this long when it stops. */
const GRACE_PERIOD_MS = 700;

/** A database that takes longer to tell of a session counts as away. */
const SESSION_TIMEOUT_MS = 10_000;

/** How much of it a user may save up. */
const BURST_SECONDS = 3;

/** A host of the chat: what an application of yours does to have one. */
export class ExampleApplication extends RestApplication {
  constructor(options: ExampleOptions) {
    super(toApplicationConfig(options));
    const {useSequelize, sendsPerSecond, database, token, admin} = options;

    const spec = createEmptyApiSpec();
    this.api({...spec, info: {...spec.info, title: TITLE}});
    this.bind(CoreBindings.LIFE_CYCLE_OBSERVER_OPTIONS).to({
      orderedGroups: [
        'datasource',
        'chat.migration',
        ACCOUNT_TABLES_GROUP,
        FIRST_ADMIN_GROUP,
        'server',
      ],
    });
    this.bind('datasources.config.chatDb').to(database);
    this.add(
      createBindingFromClass<ChatDb>(
        useSequelize ? ChatDbSequelizeDataSource : ChatDbDataSource,
        {key: CHAT_DB, defaultScope: BindingScope.SINGLETON},
      ),
    );

    this.bind(ChatServiceBindings.Config).to({
      useSequelize,
      migrateOnStart: true,
      // Tokens are valid by what the database says; while it is slow they wait for it.
      auth: {
        ...token,
        refuseUnchecked: true,
        revocationTimeoutMs: SESSION_TIMEOUT_MS,
      },
      realtime: {sendsPerSecond, sendBurst: BURST_SECONDS * sendsPerSecond},
    });
    this.component(ChatServiceComponent);

    this.bind(TOKEN_SETTINGS).to(token);
    this.bind(FIRST_ADMIN).to(admin);
    this.component(AccountsComponent);
    this.bind(RestExplorerBindings.CONFIG).to({indexTitle: TITLE});
    this.component(RestExplorerComponent);
  }

  /** @throws StartError when the database does not answer */
  async start(): Promise<void> {
    const chatDb = await this.get(CHAT_DB);
    await chatDb.check();
    await super.start();
  }

  /** Ends a start that failed half-way, too, which the framework refuses. */
  async stop(): Promise<void> {
    if (this.state === 'started') return super.stop();
    const chatDb = await this.get(CHAT_DB);
    await chatDb.stop();
  }
}

function toApplicationConfig({host, port}: ExampleOptions): ApplicationConfig {
  return {
    // Whoever starts the example stops it too: see index.ts.
    shutdown: {signals: []},
    rest: {
      host,
      port,
      gracePeriodForClose: GRACE_PERIOD_MS,
      openApiSpec: {setServersFromRequest: true},
    },
  };
}
