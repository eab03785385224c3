import {BindingScope, inject, injectable, type Provider} from '@loopback/core';
import {ChatServiceBindings} from './keys';
import type {ChatLogger} from './types';

/**
 * The host's logger for the chat's own use: one that throws or rejects takes no
 * answer from a client, and does not end the process.
 */
@injectable({scope: BindingScope.SINGLETON})
export class SafeLoggerProvider implements Provider<ChatLogger> {
  constructor(
    @inject(ChatServiceBindings.Logger) private readonly logger: ChatLogger,
  ) {}

  value(): ChatLogger {
    const {logger} = this;
    return {
      error: (...line) => attempt(() => logger.error(...line)),
      warn: (...line) => attempt(() => logger.warn(...line)),
      info: (...line) => attempt(() => logger.info(...line)),
    };
  }
}

/** There is nowhere left to tell of a failure. */
function attempt(log: () => unknown): void {
  try {
    Promise.resolve(log()).catch(() => undefined);
  } catch {
    // Nor of this one.
  }
}
