import {
  inject,
  lifeCycleObserver,
  type LifeCycleObserver,
} from '@loopback/core';
import {migrateUp, type MigrationTarget} from './migrate';

/** Runs the pending migrations before any server listens. */
@lifeCycleObserver('chat.migration')
export class MigrationObserver implements LifeCycleObserver {
  constructor(
    @inject('datasources.chatDb')
    private readonly dataSource: {
      settings?: MigrationTarget;
      config?: MigrationTarget;
    },
  ) {}

  async start(): Promise<void> {
    // The Sequelize data source keeps its settings as `config`.
    await migrateUp(this.dataSource.settings ?? this.dataSource.config ?? {});
  }
}
