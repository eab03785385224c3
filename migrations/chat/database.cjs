'use strict';

const {mysql} = require('./mysql.cjs');
const {postgresql} = require('./postgresql.cjs');

/**
 * Gives what the migrations need of the database behind a db-migrate driver:
 * the same functions for PostgreSQL and for MySQL or MariaDB.
 */
async function openDatabase(driver) {
  const run = async sql => {
    const answer = await driver.runSql(sql);
    return answer.rows ?? answer;
  };
  const [{version}] = await run('SELECT version() AS version');
  const open = String(version).startsWith('PostgreSQL') ? postgresql : mysql;
  return open(run);
}

module.exports = {openDatabase};
