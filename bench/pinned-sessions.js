// Puts a database's own sessions, and nobody else's, on one core. Pools open and
// close them all the time, so it has to be done again and again.
'use strict';
const {execFileSync} = require('child_process');
const {Client} = require('pg');

/**
 * @param login of PostgreSQL on this machine
 * @returns what pins the sessions that were not yet, and tells whether all are
 */
async function sessionPinner(login, databases, core) {
  const client = new Client({...login, database: 'postgres'});
  await client.connect();
  const pinned = new Set();
  const pin = async () => {
    const {rows} = await client.query(
      'SELECT pid FROM pg_stat_activity WHERE datname = ANY ($1)',
      [databases],
    );
    try {
      for (const {pid} of rows) {
        if (pinned.has(pid)) continue;
        execFileSync('taskset', ['-cp', String(core), String(pid)]);
        pinned.add(pid);
      }
      return true;
    } catch {
      // It has just ended, or is another's.
      return false;
    }
  };
  return {pin, stop: () => client.end()};
}

module.exports = {sessionPinner};
