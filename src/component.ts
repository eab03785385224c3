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
import {resolveConfig, type ChatServiceConfig} from './config';
import {CHAT_CONTROLLERS} from './controllers';
import {readEnv} from './env';
import {ChatInternalBindings, ChatServiceBindings} from './keys';
import {LoggerProvider} from './logger.provider';
import {realtimeBindings} from './realtime/bindings';
import {RealtimeObserver, REALTIME_GROUP} from './realtime/realtime.observer';
import {repositoryBindings} from './repositories/bindings';
import {loadFlavour} from './repositories/flavour';
import {MigrationObserver} from './repositories/migration/migration.observer';
import {AccessInterceptor} from './rest/access.interceptor';
import {ChatBearerStrategy} from './rest/bearer.strategy';
import {CurrentUserProvider} from './rest/current-user.provider';
import {ErrorMiddlewareProvider} from './rest/error.middleware';
import {OwnRouteMiddlewareProvider} from './rest/own-route.middleware';
import {SecuritySpecEnhancer} from './rest/security-spec.enhancer';
import {OPEN_CHANNEL_ACCESS, TOKEN_USER_DIRECTORY} from './services';
import {serviceBindings} from './services/bindings';

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
      ...loadFlavour(config.useSequelize),
      ...repositoryBindings(),
      ...serviceBindings(),
      ...realtimeBindings(),
      ...restBindings(),
      ...hostChoices(app),
    ];
    this.lifeCycleObservers = [
      RealtimeObserver,
      ...(config.migrateOnStart ? [MigrationObserver] : []),
    ];
    startAfterServers(app);
    registerAuthenticationStrategy(app, ChatBearerStrategy);
    if (!config.useCustomSequence) addAccessControl(app);
  }
}

function restBindings(): Binding[] {
  return [
    createBindingFromClass(CurrentUserProvider, {
      key: ChatInternalBindings.CurrentUser,
    }),
    createBindingFromClass(AccessInterceptor, {
      key: ChatInternalBindings.Access,
    }),
    createBindingFromClass(ErrorMiddlewareProvider, {
      key: 'middleware.chatErrors',
    }),
    createBindingFromClass(SecuritySpecEnhancer, {
      key: 'oas.chatSecurityEnhancer',
    }),
  ];
}

/** What a host may have bound itself, which then stands. */
function hostChoices(app: RestApplication): Binding[] {
  const defaults: Binding[] = [
    createBindingFromClass(LoggerProvider, {key: ChatServiceBindings.Logger}),
    Binding.bind(ChatServiceBindings.ChannelAccess).to(OPEN_CHANNEL_ACCESS),
    Binding.bind(ChatServiceBindings.UserDirectory).to(TOKEN_USER_DIRECTORY),
  ];
  return defaults.filter(({key}) => !app.isBound(key));
}

/** The sockets share the port of a server that listens already. */
function startAfterServers(app: RestApplication): void {
  const key = CoreBindings.LIFE_CYCLE_OBSERVER_OPTIONS;
  const options = app.getSync(key, {optional: true});
  const groups = options?.orderedGroups ?? ['server'];
  app.bind(key).to({
    parallel: true,
    ...options,
    orderedGroups: [...groups, REALTIME_GROUP],
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
