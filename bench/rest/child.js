// Child processes that are pinned to a core and answer questions.
'use strict';
const {spawn} = require('child_process');
const path = require('path');

/** Starts a file of this folder on one core. */
function startChild(file, core, args = [], env = {}) {
  const script = path.join(__dirname, file);
  const child = spawn(
    'taskset',
    ['-c', String(core), process.execPath, script, ...args],
    {
      env: {...process.env, NODE_ENV: 'production', ...env},
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    },
  );
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', code => reject(new Error(`${file} ended: ${code}`)));
  });
  ended.catch(() => undefined);
  const answer = () =>
    Promise.race([
      ended,
      new Promise(resolve => child.once('message', resolve)),
    ]);
  return {
    answer,
    ask: question => {
      const answered = answer();
      child.send(question);
      return answered;
    },
    stop: () => child.disconnect(),
  };
}

module.exports = {startChild};
