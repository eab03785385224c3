// Starts a measured server on a core of its own.
'use strict';
const {spawn} = require('child_process');
const path = require('path');

async function startServer(name, settings) {
  const script = path.join(__dirname, 'server.js');
  const args = ['-c', '0', process.execPath, '--expose-gc', script];
  const child = spawn('taskset', [...args, name, JSON.stringify(settings)], {
    env: {...process.env, NODE_ENV: 'production'},
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = new Promise(resolve => child.once('exit', resolve));
  const answer = () =>
    new Promise((resolve, reject) => {
      child.once('message', message => resolve(message.answer));
      void ended.then(code => reject(new Error(`${name} ended: ${code}`)));
    });
  const {port, startedMs} = await answer();
  return {
    port,
    startedMs,
    ask: question => {
      const answered = answer();
      child.send(question);
      return answered;
    },
    stop: () => {
      child.disconnect();
      return ended;
    },
  };
}

module.exports = {startServer};
