#!/usr/bin/env node
'use strict';

const {loadEnvFiles} = require('./env-files');
const {COMMANDS, migrate} = require('./migrate');

const USAGE = `Usage: loopback4-chat migrate ${COMMANDS.join('|')}

up      runs the migrations that the database has not had yet
down    undoes the newest one; takes nothing away
status  lists those applied and those pending
copy    copies the migrations into ./migrations, for a db-migrate of your own

The database: DB_HOST, DB_PORT, DB_USER, DB_PASSWORD, DB_DATABASE, DB_SCHEMA, from
the environment or ./.env; MYSQL_MIGRATION=true for MySQL or MariaDB.
CHAT_AUDIT_LOG=true adds the change log in the database.`;

const [group, command, ...rest] = process.argv.slice(2);
if (group !== 'migrate' || !COMMANDS.includes(command) || rest.length) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  const root = process.cwd();
  loadEnvFiles(root);
  void migrate(command, root).then(code => {
    process.exitCode = code;
  });
}
