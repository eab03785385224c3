import {BindingScope, inject, injectable} from '@loopback/core';
import type {ChangeLog} from '../../repositories';
import type {Erasure, ErasureStep} from './erasure';

/** Takes a user out of the logs that the database keeps of changes. */
@injectable({scope: BindingScope.SINGLETON})
export class LogsStep implements ErasureStep {
  constructor(
    @inject('chat.changeLogs') private readonly logs: readonly ChangeLog[],
  ) {}

  async run(erasure: Erasure): Promise<number> {
    let count = 0;
    for (const log of this.logs) count += await log.redact(erasure);
    return count;
  }
}
