import {StartError} from '../start/start-error';
import type {ChatDbConfig} from './chat-db.config';

/** Makes the error of a database that cannot be connected to. */
export function unreachable(target: ChatDbConfig, err: unknown): StartError {
  const {connector, host, port, database} = target;
  const {message, code} = err as {message: string; code?: string};
  // A name with several addresses fails with a list, and no text of its own.
  const reason = message === '' ? code : message;
  return new StartError(
    `DB_HOST: no connection to ${connector} ${host}:${port}/${database}: ${reason}`,
    {cause: err},
  );
}
