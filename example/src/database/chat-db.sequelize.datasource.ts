import {inject, lifeCycleObserver} from '@loopback/core';
import {SequelizeDataSource} from '@loopback/sequelize';
import type {ChatDbConfig} from './chat-db.config';
import {unreachable} from './unreachable';

/** The chat's database on Sequelize. */
@lifeCycleObserver('datasource')
export class ChatDbSequelizeDataSource extends SequelizeDataSource {
  static readonly dataSourceName = 'chatDb';

  constructor(
    @inject('datasources.config.chatDb') private readonly target: ChatDbConfig,
  ) {
    // The flavour's own dialect options are Oracle's; MySQL's driver warns.
    super({...target, sequelizeOptions: {dialectOptions: {}}});
  }

  /** @throws StartError when the database does not answer */
  async check(): Promise<void> {
    try {
      await this.sequelize?.authenticate();
    } catch (err) {
      throw unreachable(this.target, err);
    }
  }
}
