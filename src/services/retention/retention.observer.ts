import {
  BindingScope,
  inject,
  lifeCycleObserver,
  type LifeCycleObserver,
} from '@loopback/core';
import type {ResolvedConfig} from '../../config';
import {ChatInternalBindings, ChatServiceBindings} from '../../keys';
import type {ChatLogger} from '../../types';
import {asChatError} from '../chat-error';
import {faultNames} from '../fault-names';
import {RepeatedRun} from '../repeated-run';
import type {RetentionService} from './retention.service';

/** The observer's group; it comes last, and so stops before its data source. */
export const RETENTION_GROUP = 'chat.retention';

/** Sweeps old messages when the app starts, and from time to time. */
@lifeCycleObserver(RETENTION_GROUP, {scope: BindingScope.SINGLETON})
export class RetentionObserver implements LifeCycleObserver {
  private readonly sweeps: RepeatedRun;

  constructor(
    @inject(ChatInternalBindings.Config)
    config: Pick<ResolvedConfig, 'retention'>,
    @inject(ChatServiceBindings.RetentionService)
    private readonly retention: RetentionService,
    @inject(ChatInternalBindings.Logger) private readonly logger: ChatLogger,
  ) {
    this.sweeps = new RepeatedRun({
      intervalMs: config.retention.sweepIntervalMs,
      run: signal => this.sweep(signal),
    });
  }

  /** Does not wait for the first sweep. */
  start(): void {
    this.sweeps.start();
  }

  /** Ends a sweep underway after its batch. */
  async stop(): Promise<void> {
    await this.sweeps.stop();
  }

  private async sweep(signal: AbortSignal): Promise<void> {
    try {
      const counts = await this.retention.sweep(new Date(), signal);
      if (counts.messages)
        this.logger.info('Old messages were deleted', counts);
    } catch (err) {
      // The next run does what is left; an error's text may quote a user's.
      const {code, cause} = asChatError(err);
      this.logger.warn('Old messages were not all deleted', {
        ...{code, ...faultNames(cause)},
      });
    }
  }
}
