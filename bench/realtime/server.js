// The measured process: one of the servers, which tells its parent its port,
// when it listened, and what it costs.
'use strict';
const apps = require('./apps');

const [name, settings] = process.argv.slice(2);

const ANSWERS = {
  cpu: () => {
    const {user, system} = process.cpuUsage();
    return (user + system) / 1000;
  },
  memory: () => {
    global.gc?.();
    global.gc?.();
    return process.memoryUsage();
  },
};

async function main() {
  const port = await apps[name](JSON.parse(settings));
  process.on('message', question => {
    process.send({question, answer: ANSWERS[question]()});
  });
  process.on('disconnect', () => process.exit());
  // The clock of the process began when it was started.
  const startedMs = Math.round(process.uptime() * 1000);
  process.send({question: 'port', answer: {port, startedMs}});
}

main().catch(err => {
  console.error(err);
  process.exit(1);
});
