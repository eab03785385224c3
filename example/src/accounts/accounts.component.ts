import {
  Binding,
  createBindingFromClass,
  inject,
  type Component,
  type Constructor,
} from '@loopback/core';
import type {Entity} from '@loopback/repository';
import {ChatServiceBindings, type ChatServiceConfig} from 'loopback4-chat';
import {AccessController} from './access.controller';
import {AccessService} from './access.service';
import {AccountAccess} from './account-access.model';
import {AccountDirectory} from './account-directory';
import {AccountTablesObserver} from './account-tables.observer';
import {AccountController} from './account.controller';
import {Account} from './account.model';
import {rowsOf} from './account.repository';
import {AccountService} from './account.service';
import {FirstAdminObserver} from './first-admin.observer';
import {LoginThrottle} from './login-throttle';
import {OwnAccountController} from './own-account.controller';
import {PasswordService} from './password.service';
import {Permission} from './permission.model';
import {Role} from './role.model';
import {Session} from './session.model';
import {SessionService} from './session.service';
import {TokenIssuer} from './token-issuer.service';

const MODELS: readonly (typeof Entity)[] = [
  Account,
  AccountAccess,
  Permission,
  Role,
  Session,
];

/** What the accounts consist of, by the keys of their bindings. */
const PARTS = {
  'accounts.passwords': PasswordService,
  'accounts.throttle': LoginThrottle,
  'accounts.tokens': TokenIssuer,
  'accounts.service': AccountService,
  // What the chat asks of its host.
  [ChatServiceBindings.UserDirectory.key]: AccountDirectory,
  [ChatServiceBindings.RevokedTokens.key]: SessionService,
  [ChatServiceBindings.PermissionSource.key]: AccessService,
};

/** Gives the example its users; the chat itself has none. */
export class AccountsComponent implements Component {
  readonly controllers = [
    AccountController,
    OwnAccountController,
    AccessController,
  ];
  readonly lifeCycleObservers = [AccountTablesObserver, FirstAdminObserver];
  readonly bindings: Binding[];

  constructor(
    @inject(ChatServiceBindings.Config)
    {useSequelize = false}: ChatServiceConfig,
  ) {
    this.bindings = [
      ...MODELS.map(model =>
        createBindingFromClass<unknown>(rowsOf(model, useSequelize), {
          key: `repositories.${model.name}Repository`,
        }),
      ),
      ...Object.entries<Constructor<unknown>>(PARTS).map(([key, part]) =>
        createBindingFromClass(part, {key}),
      ),
      Binding.bind('accounts.sessions').toAlias(
        ChatServiceBindings.RevokedTokens,
      ),
      Binding.bind('accounts.access').toAlias(
        ChatServiceBindings.PermissionSource,
      ),
    ];
  }
}
