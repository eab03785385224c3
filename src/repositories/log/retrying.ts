import {classifyStoreError} from './store-error';

const MAX_ATTEMPTS = 5;

/** Runs a statement that may run twice again when it met another one. */
export async function retrying<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (err) {
      const isCollision = classifyStoreError(err) === 'collision';
      if (!isCollision || attempt === MAX_ATTEMPTS) throw err;
    }
  }
}
