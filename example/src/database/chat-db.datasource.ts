import {inject, lifeCycleObserver} from '@loopback/core';
import {juggler} from '@loopback/repository';
import type {ChatDbConfig} from './chat-db.config';
import {unreachable} from './unreachable';

/** The chat's database on juggler. */
@lifeCycleObserver('datasource')
export class ChatDbDataSource extends juggler.DataSource {
  static readonly dataSourceName = 'chatDb';

  constructor(
    @inject('datasources.config.chatDb') private readonly target: ChatDbConfig,
  ) {
    super({...target, lazyConnect: true});
    // MySQL's driver, which gets all settings, warns of those it has not.
    delete this.settings.lazyConnect;
    // `connect` rejects too; without a listener the event ends the process.
    this.on('error', () => undefined);
  }

  /** @throws StartError when the database does not answer */
  async check(): Promise<void> {
    try {
      await this.connect();
    } catch (err) {
      throw unreachable(this.target, err);
    }
  }

  async stop(): Promise<void> {
    await this.disconnect();
  }
}
