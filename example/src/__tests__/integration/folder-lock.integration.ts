import {expect} from '@loopback/testlab';
import {readdir, writeFile} from 'fs/promises';
import path from 'path';
import {lockFolder, type FolderLock} from '../../start/folder-lock';
import {StartError} from '../../start/start-error';
import {cleanUpAfterTest} from '../fixtures/clean-up';
import {givenTempDir} from '../fixtures/data-dir';

describe('lockFolder (integration)', () => {
  it('refuses the second until the first is released', async () => {
    const folder = await givenTempDir();
    const first = await lockFolder(folder);
    await expect(lockFolder(folder)).to.be.rejectedWith(StartError);
    await first.release();
    const third = await lockFolder(folder);
    await third.release();
    expect(await readdir(folder)).to.eql([]);
  });

  it('gives the folder to one of many at once', async () => {
    const folder = await givenTempDir();
    const outcomes = await Promise.allSettled(
      Array.from({length: 5}, () => lockFolder(folder)),
    );
    const locks = outcomes
      .filter(outcome => outcome.status === 'fulfilled')
      .map(outcome => (outcome as PromiseFulfilledResult<FolderLock>).value);
    locks.forEach(lock => cleanUpAfterTest(() => lock.release()));
    expect(locks).to.have.length(1);
  });

  it('clears away a lock that nobody listens at', async () => {
    const folder = await givenTempDir();
    await writeFile(path.join(folder, 'lock-dead.sock'), '');
    const lock = await lockFolder(folder);
    expect(await readdir(folder)).to.have.length(1);
    await lock.release();
  });
});
