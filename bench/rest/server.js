// The measured process: one of the host applications, which tells its parent
// its port, what it costs and, when asked for, where the time goes.
'use strict';
const {Session} = require('inspector');
const apps = require('./apps');

const SAMPLE_EVERY_US = 200;
const [name, settings] = process.argv.slice(2);
const inspector = new Session();
inspector.connect();

const ask = (method, params) =>
  new Promise((resolve, reject) => {
    const answer = (err, result) => (err ? reject(err) : resolve(result));
    inspector.post(method, params, answer);
  });

const ANSWERS = {
  cpu: () => {
    const {user, system} = process.cpuUsage();
    return (user + system) / 1000;
  },
  startProfile: async () => {
    await ask('Profiler.enable');
    await ask('Profiler.setSamplingInterval', {interval: SAMPLE_EVERY_US});
    await ask('Profiler.start');
  },
  stopProfile: async () => (await ask('Profiler.stop')).profile,
};

async function main() {
  const rest = {port: 0, host: '127.0.0.1', listenOnStart: true};
  const app = await apps[name](rest, JSON.parse(settings));
  await app.start();
  process.on('message', async question => {
    process.send({question, answer: await ANSWERS[question]()});
  });
  process.on('disconnect', () => process.exit());
  process.send({question: 'port', answer: app.restServer.httpServer.port});
}

main().catch(err => {
  console.error(err);
  process.exit(1);
});
