'use strict';

// Adds what conversations need: groups, changes, contacts and notifications.
// Adds only, and finds what is done already: it can run again after `down`, or
// after it stopped half-way on MySQL.

const {openDatabase} = require('./chat/database.cjs');
const {runSteps} = require('./chat/steps.cjs');
const conversations = require('./chat/conversations.cjs');

exports.up = async driver => {
  const db = await openDatabase(driver);
  await runSteps('20261123000000-conversations', [
    ['make the tables', () => conversations.createTables(db)],
    ['extend the tables', () => conversations.extendTables(db)],
    ['note when channels were active', () => conversations.noteActivity(db)],
  ]);
};

// What was added stays: a database goes on with the newer tables.
exports.down = async () => undefined;

exports._meta = {version: 1};
