import {randomBytes} from 'crypto';
import {link, readFile, rm, writeFile} from 'fs/promises';
import path from 'path';
import {StartError} from './start-error';

const SECRET_BYTES = 48;
const MIN_LENGTH = 32;

/** A secret and where it is kept. */
export interface KeptSecret {
  readonly secret: string;
  readonly file: string;
  /** True when this call made it. */
  readonly isNew: boolean;
}

/**
 * Reads the secret of a data folder; makes one where there is none.
 * @throws StartError when the file holds no usable secret
 */
export async function keepSecret(dataDir: string): Promise<KeptSecret> {
  const file = path.join(dataDir, 'jwt-secret');
  const isNew = await create(file);
  const secret = (await readFile(file, 'utf8')).trim();
  if (secret.length < MIN_LENGTH) {
    throw new StartError(
      `JWT_SECRET: ${file} holds less than ${MIN_LENGTH} characters; delete it to get a new one`,
    );
  }
  return {secret, file, isNew};
}

/** A link appears whole or not at all, and the second of two at once fails. */
async function create(file: string): Promise<boolean> {
  const draft = `${file}.${randomBytes(4).toString('hex')}`;
  try {
    const secret = randomBytes(SECRET_BYTES).toString('base64url');
    await writeFile(draft, `${secret}\n`, {mode: 0o600, flag: 'wx'});
    await link(draft, file);
    return true;
  } catch (err) {
    if ((err as NodeJS.ErrnoException).code !== 'EEXIST') throw err;
    return false;
  } finally {
    await rm(draft, {force: true});
  }
}
