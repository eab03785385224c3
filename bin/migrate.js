'use strict';

const fs = require('fs');
const path = require('path');

const COMMANDS = {up, down, status, copy};
const MIGRATIONS_DIR = path.join(__dirname, '../migrations');

/**
 * Runs one of the commands up, down, status and copy for the host in `root`,
 * on the database that the environment names.
 * @returns the exit code; what went wrong is one line on standard error
 */
async function migrate(command, root) {
  try {
    for (const line of await COMMANDS[command](root)) console.log(line);
    return 0;
  } catch (err) {
    console.error(`loopback4-chat: ${err.message || err.code || err}`);
    return 1;
  }
}

async function up() {
  const {migrateUp} = load('migrate');
  const names = await migrateUp(target(), options());
  return names.length ? names.map(name => `up ${name}`) : ['Nothing to do.'];
}

async function down() {
  const {migrateDown} = load('migrate');
  const names = await migrateDown(target(), options());
  return names.length ? names.map(name => `down ${name}`) : ['Nothing to do.'];
}

async function status() {
  const {migrationStatus} = load('migrate');
  const {applied, pending} = await migrationStatus(target(), options());
  return [
    ...applied.map(name => `applied ${name}`),
    ...pending.map(name => `pending ${name}`),
  ];
}

async function copy(root) {
  const to = path.join(root, 'migrations');
  if (path.relative(MIGRATIONS_DIR, to)) {
    // Ours are overwritten, so that all of them are of one release.
    fs.cpSync(MIGRATIONS_DIR, to, {recursive: true});
  }
  return [`Copied to ${to}`];
}

function target() {
  return load('migration-environment').targetFromEnvironment(process.env);
}

function options() {
  return {auditLog: process.env.CHAT_AUDIT_LOG === 'true'};
}

/** Loaded by the commands that need it: an install without any works unbuilt. */
function load(name) {
  return require(`../dist/repositories/migration/${name}`);
}

module.exports = {COMMANDS: Object.keys(COMMANDS), migrate};
