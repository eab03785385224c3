import {
  createBindingFromClass,
  inject,
  type Binding,
  type Component,
} from '@loopback/core';
import {ChatServiceBindings, type ChatServiceConfig} from 'loopback4-chat';
import {AccountDirectory} from './account-directory';
import {AccountTableObserver} from './account-table.observer';
import {AccountController} from './account.controller';
import {
  AccountJugglerRepository,
  AccountSequelizeRepository,
} from './account.repository';
import {AccountService} from './account.service';
import {LoginThrottle} from './login-throttle';
import {PasswordService} from './password.service';
import {TokenIssuer} from './token-issuer.service';

/** Gives the example its users; the chat itself has none. */
export class AccountsComponent implements Component {
  readonly controllers = [AccountController];
  readonly lifeCycleObservers = [AccountTableObserver];
  readonly bindings: Binding[];

  constructor(
    @inject(ChatServiceBindings.Config) {useSequelize}: ChatServiceConfig,
  ) {
    const repository = useSequelize
      ? AccountSequelizeRepository
      : AccountJugglerRepository;
    this.bindings = [
      createBindingFromClass<unknown>(repository, {
        key: 'repositories.AccountRepository',
      }),
      createBindingFromClass(PasswordService, {key: 'accounts.passwords'}),
      createBindingFromClass(LoginThrottle, {key: 'accounts.throttle'}),
      createBindingFromClass(TokenIssuer, {key: 'accounts.tokens'}),
      createBindingFromClass(AccountService, {key: 'accounts.service'}),
      createBindingFromClass(AccountDirectory, {
        key: ChatServiceBindings.UserDirectory,
      }),
    ];
  }
}
