import {BindingScope, inject, injectable, type Provider} from '@loopback/core';
import {SQL_RUNNER, type SqlRunner} from './sql-runner';
import type {ChangeLog} from './user-data/change-log';
import {FormerChangeLog} from './user-data/former-change-log';
import {SealedChangeLog} from './user-data/sealed-change-log';

/** Gives the logs of changes that a database may have; none without SQL. */
@injectable({scope: BindingScope.SINGLETON})
export class ChangeLogsProvider implements Provider<readonly ChangeLog[]> {
  constructor(
    @inject(SQL_RUNNER) private readonly sql: SqlRunner | undefined,
  ) {}

  value(): readonly ChangeLog[] {
    if (!this.sql) return [];
    return [new SealedChangeLog(this.sql), new FormerChangeLog(this.sql)];
  }
}
