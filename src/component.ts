import {
  AuthenticationComponent,
  registerAuthenticationStrategy,
} from '@loopback/authentication';
import {
  Binding,
  CoreBindings,
  createBindingFromClass,
  inject,
  type Component,
  type Constructor,
  type ControllerClass,
  type LifeCycleObserver,
} from '@loopback/core';
import type {RestApplication} from '@loopback/rest';
import {
  AuthorizationBindings,
  AuthorizationComponent,
} from 'loopback4-authorization';
import type {ChatServiceConfig, ResolvedConfig} from './config';
import {CHAT_CONTROLLERS} from './controllers';
import {readEnv} from './env';
import {ChatInternalBindings, ChatServiceBindings} from './keys';
import {LoggerProvider} from './logger.provider';
import {MEDIA_PARTS} from './media/parts';
import {RedisKeysProvider} from './redis/redis-keys.provider';
import {RedisObserver} from './redis/redis.observer';
import {REALTIME_PARTS} from './realtime/parts';
import {RealtimeObserver, REALTIME_GROUP} from './realtime/realtime.observer';
import {resolveConfig} from './resolve-config';
import {REPOSITORY_PARTS} from './repositories/parts';
import {loadFlavour} from './repositories/flavour';
import {MigrationObserver} from './repositories/migration/migration.observer';
import {AccessInterceptor} from './rest/access.interceptor';
import {ChatBearerStrategy} from './rest/bearer.strategy';
import {CachedAnswerInterceptor} from './rest/cached-answer.interceptor';
import {CurrentUserProvider} from './rest/current-user.provider';
import {ErrorMiddlewareProvider} from './rest/error.middleware';
import {FileAnswerInterceptor} from './rest/file-answer.interceptor';
import {OwnRouteMiddlewareProvider} from './rest/own-route.middleware';
import {UploadFormProvider} from './rest/upload-form.provider';
import {ChatSpecEnhancer} from './rest/spec.enhancer';
import {TableAnswerInterceptor} from './rest/table-answer.interceptor';
import {
  AttachmentSweeperObserver,
  AttachmentObserver,
  DOWNLOADS_GROUP,
  DownloadsObserver,
  OPEN_CHANNEL_ACCESS,
  RETENTION_GROUP,
  RetentionObserver,
  RevokedTokensProvider,
  TOKEN_PERMISSIONS,
  TOKEN_USER_DIRECTORY,
} from './services';
import {SafeLoggerProvider} from './safe-logger.provider';
import {AttachmentStorageProvider} from './storage/attachment-storage.provider';
import {SERVICE_PARTS} from './services/parts';
import {USER_DATA_PARTS} from './services/user-data/user-data.parts';

/**
 * Gives a LoopBack 4 application a chat: REST, sockets and their store.
 * Bind `ChatServiceBindings.Config` and the data source `chatDb` first.
 */
export class ChatServiceComponent implements Component {
  readonly bindings: Binding[];
  readonly controllers: ControllerClass[] = [...CHAT_CONTROLLERS];
  readonly lifeCycleObservers: Constructor<LifeCycleObserver>[];

  /** @throws Error that names everything wrong with the config */
  constructor(
    @inject(CoreBindings.APPLICATION_INSTANCE) app: RestApplication,
    @inject(ChatServiceBindings.Config, {optional: true})
    hostConfig?: ChatServiceConfig,
  ) {
    const config = resolveConfig(hostConfig);
    this.bindings = [
      Binding.bind(ChatInternalBindings.Config).to(config),
      Binding.bind(ChatInternalBindings.Env).to(readEnv()),
      ...loadFlavour(config.useSequelize, config.auth.authDb),
      ...bindParts({
        ...REPOSITORY_PARTS,
        ...MEDIA_PARTS,
        ...SERVICE_PARTS,
        ...REALTIME_PARTS,
        ...USER_DATA_PARTS,
        redisKeys: RedisKeysProvider,
      }),
      ...restBindings(),
      ...hostChoices(app),
    ];
    this.lifeCycleObservers = [
      RedisObserver,
      RealtimeObserver,
      AttachmentSweeperObserver,
      AttachmentObserver,
      DownloadsObserver,
      ...(config.migrateOnStart ? [MigrationObserver] : []),
      ...(hasRetention(config) ? [RetentionObserver] : []),
    ];
    startAfterServers(app);
    registerAuthenticationStrategy(app, ChatBearerStrategy);
    if (!config.useCustomSequence) addAccessControl(app);
  }
}

/** Made anew for each application: a binding belongs to one. */
function bindParts(parts: Record<string, Constructor<unknown>>): Binding[] {
  return Object.entries(parts).map(([name, part]) =>
    createBindingFromClass(part, {key: `chat.${name}`}),
  );
}

function restBindings(): Binding[] {
  return [
    createBindingFromClass(CurrentUserProvider, {
      key: ChatInternalBindings.CurrentUser,
    }),
    createBindingFromClass(UploadFormProvider, {
      key: ChatInternalBindings.UploadForm,
    }),
    createBindingFromClass(AccessInterceptor, {
      key: ChatServiceBindings.Access,
    }),
    createBindingFromClass(CachedAnswerInterceptor, {
      key: ChatInternalBindings.CachedAnswer,
    }),
    createBindingFromClass(FileAnswerInterceptor, {
      key: ChatInternalBindings.FileAnswer,
    }),
    createBindingFromClass(TableAnswerInterceptor, {
      key: ChatInternalBindings.TableAnswer,
    }),
    createBindingFromClass(SafeLoggerProvider, {
      key: ChatInternalBindings.Logger,
    }),
    createBindingFromClass(ErrorMiddlewareProvider, {
      key: 'middleware.chatErrors',
    }),
    createBindingFromClass(ChatSpecEnhancer, {key: 'oas.chatSpecEnhancer'}),
  ];
}

/** What a host may have bound itself, which then stands. */
function hostChoices(app: RestApplication): Binding[] {
  const defaults: Binding[] = [
    createBindingFromClass(LoggerProvider, {key: ChatServiceBindings.Logger}),
    Binding.bind(ChatServiceBindings.ChannelAccess).to(OPEN_CHANNEL_ACCESS),
    Binding.bind(ChatServiceBindings.PermissionSource).to(TOKEN_PERMISSIONS),
    Binding.bind(ChatServiceBindings.UserDirectory).to(TOKEN_USER_DIRECTORY),
    createBindingFromClass(RevokedTokensProvider, {
      key: ChatServiceBindings.RevokedTokens,
    }),
    createBindingFromClass(AttachmentStorageProvider, {
      key: ChatServiceBindings.AttachmentStorage,
    }),
  ];
  return defaults.filter(({key}) => !app.isBound(key));
}

function hasRetention({retention}: ResolvedConfig): boolean {
  return Object.keys(retention.maxAgeDays).length > 0;
}

/** The sockets share the port of a server that listens already. */
function startAfterServers(app: RestApplication): void {
  const key = CoreBindings.LIFE_CYCLE_OBSERVER_OPTIONS;
  const options = app.getSync(key, {optional: true});
  const groups = options?.orderedGroups ?? ['server'];
  app.bind(key).to({
    parallel: true,
    ...options,
    orderedGroups: [
      ...groups,
      REALTIME_GROUP,
      DOWNLOADS_GROUP,
      RETENTION_GROUP,
    ],
  });
}

function addAccessControl(app: RestApplication): void {
  app.component(AuthenticationComponent);
  app.add(
    createBindingFromClass(OwnRouteMiddlewareProvider, {
      key: 'middleware.chatOwnRoute',
    }),
  );
  if (app.isBound(AuthorizationBindings.AUTHORIZE_ACTION)) return;
  if (!app.isBound(AuthorizationBindings.CONFIG)) {
    app.bind(AuthorizationBindings.CONFIG).to({allowAlwaysPaths: []});
  }
  app.component(AuthorizationComponent);
}
