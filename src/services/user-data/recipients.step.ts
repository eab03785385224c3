import {BindingScope, inject, injectable} from '@loopback/core';
import {MessageRecipient} from '../../models';
import {
  renamedProperties,
  type MessageRecipientRepository,
  type UserRows,
} from '../../repositories';
import {deletePages} from './delete-pages';
import type {Erasure, ErasureStep} from './erasure';

const RENAMED = renamedProperties(MessageRecipient);

/** Removes a user's flags on messages, and the user's name from those of others. */
@injectable({scope: BindingScope.SINGLETON})
export class RecipientsStep implements ErasureStep {
  constructor(
    @inject('repositories.MessageRecipientRepository')
    private readonly recipients: MessageRecipientRepository,
    @inject('chat.userRows') private readonly rows: UserRows,
  ) {}

  async run(erasure: Erasure): Promise<number> {
    const {userId} = erasure;
    let count = await deletePages(this.recipients, {recipientId: userId});
    const pages = this.rows.ids(MessageRecipient, RENAMED, userId);
    for await (const ids of pages) {
      count += await this.rows.rename(MessageRecipient, RENAMED, ids, erasure);
    }
    return count;
  }
}
