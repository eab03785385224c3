import {BindingScope, inject, injectable, type Provider} from '@loopback/core';
import {createLogger, format, transports} from 'winston';
import type {ChatEnv} from './env';
import {ChatInternalBindings} from './keys';
import type {ChatLogger} from './types';

/** The default logger: JSON lines on standard output, by `LOG_LEVEL`. */
@injectable({scope: BindingScope.SINGLETON})
export class LoggerProvider implements Provider<ChatLogger> {
  constructor(
    @inject(ChatInternalBindings.Env) private readonly env: ChatEnv,
  ) {}

  value(): ChatLogger {
    return createLogger({
      level: this.env.logLevel,
      format: format.combine(format.timestamp(), format.json()),
      transports: [new transports.Console()],
    });
  }
}
