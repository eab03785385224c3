'use strict';

// The change log in the database, for those who choose it (CHAT_AUDIT_LOG=true,
// or db-migrate's `up:chat-audit-log`): triggers write every insert, update and
// delete of messages and recipients into a table that only grows.

const {openDatabase} = require('../chat/database.cjs');
const {runSteps} = require('../chat/steps.cjs');
const {auditLog} = require('../chat/audit-log.cjs');

exports.up = async driver => {
  const db = await openDatabase(driver);
  const log = auditLog(db);
  await runSteps('20261122000100-chat-audit-log', [
    ['make the log', () => log.createTable()],
    ['refuse changes of the log', () => log.seal()],
    ['log messages', () => log.watch('messages')],
    ['log message_recipients', () => log.watch('message_recipients')],
  ]);
};

// A log that stops by accident is worse than one that goes on.
exports.down = async () => undefined;

exports._meta = {version: 1};
