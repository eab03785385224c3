import {BindingScope, inject, injectable} from '@loopback/core';
import type {ContactRepository} from '../../repositories';
import {deletePages} from './delete-pages';
import type {Erasure, ErasureStep} from './erasure';

/** Removes a user's contacts, and the user from those of others. */
@injectable({scope: BindingScope.SINGLETON})
export class ContactsStep implements ErasureStep {
  constructor(
    @inject('repositories.ContactRepository')
    private readonly contacts: ContactRepository,
  ) {}

  async run({userId}: Erasure): Promise<number> {
    return (
      (await deletePages(this.contacts, {ownerId: userId})) +
      (await deletePages(this.contacts, {contactId: userId}))
    );
  }
}
