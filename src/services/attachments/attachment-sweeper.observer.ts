import {
  BindingScope,
  inject,
  lifeCycleObserver,
  type LifeCycleObserver,
} from '@loopback/core';
import type {ResolvedConfig} from '../../config';
import {ChatInternalBindings} from '../../keys';
import type {ChatLogger} from '../../types';
import {asChatError} from '../chat-error';
import {faultNames} from '../fault-names';
import {RepeatedRun} from '../repeated-run';
import {RETENTION_GROUP} from '../retention/retention.observer';
import type {AttachmentSweeperService} from './attachment-sweeper.service';

/** Sweeps the storage when the app starts, and from time to time. */
@lifeCycleObserver(RETENTION_GROUP, {scope: BindingScope.SINGLETON})
export class AttachmentSweeperObserver implements LifeCycleObserver {
  private readonly sweeps: RepeatedRun;

  constructor(
    @inject(ChatInternalBindings.Config)
    {attachments}: Pick<ResolvedConfig, 'attachments'>,
    @inject('chat.attachmentSweeperService')
    private readonly sweeper: AttachmentSweeperService,
    @inject(ChatInternalBindings.Logger) private readonly logger: ChatLogger,
  ) {
    this.sweeps = new RepeatedRun({
      intervalMs: attachments.sweepIntervalMs,
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
      const counts = await this.sweeper.sweep(new Date(), signal);
      const isAny = counts.files + counts.unknown > 0;
      if (isAny) this.logger.info('Stored files were removed', {...counts});
    } catch (err) {
      // The next run does what is left; an error's text may quote a user's.
      const {code, cause} = asChatError(err);
      this.logger.warn('Stored files were not all swept', {
        ...{code, ...faultNames(cause)},
      });
    }
  }
}
