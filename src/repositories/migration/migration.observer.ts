import {
  inject,
  lifeCycleObserver,
  type LifeCycleObserver,
} from '@loopback/core';
import {migrateUp, type MigrationTarget} from './migrate';

/** What the data sources of both ORMs tell of themselves. */
interface MigratedDataSource {
  /** juggler: the connector, however it was named. */
  readonly connector?: {readonly name: string};
  readonly settings?: MigrationTarget;
  /** Sequelize: the settings. */
  readonly config?: MigrationTarget;
}

/** Runs the pending migrations before any server listens. */
@lifeCycleObserver('chat.migration')
export class MigrationObserver implements LifeCycleObserver {
  constructor(
    @inject('datasources.chatDb')
    private readonly dataSource: MigratedDataSource,
    @inject('chat.env') private readonly env: {auditLog: boolean},
  ) {}

  async start(): Promise<void> {
    const {connector, settings, config} = this.dataSource;
    const target = {...config, ...settings};
    await migrateUp(
      {...target, connector: connector?.name ?? target.connector},
      {auditLog: this.env.auditLog},
    );
  }
}
