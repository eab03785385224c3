import {fieldPart, filePart, formOf} from '../fixtures/form';
import type {OperationRow} from './operations';
import {addsTo, FORBIDDEN, UNSEEN} from './outcome';

const ADDED = addsTo('target', 1);

/** What takes files in. Outcomes are in the order of the other operations. */
export const UPLOAD_OPERATIONS: Readonly<Record<string, OperationRow>> = {
  'AttachmentUploadController.upload': {
    keys: ['CreateAttachmentFile'],
    request: w => [
      'POST',
      '/attach-files/upload',
      formOf(
        fieldPart('messageId', w.id('target')),
        filePart({name: 'private.txt', bytes: 'A private text'}),
      ),
    ],
    outcomes: [UNSEEN, FORBIDDEN, ADDED, FORBIDDEN, ADDED],
  },
};
