'use strict';

// Makes the tables of the chat, and adopts those of @sourceloop/chat-service
// with their rows. Adds only, and finds what is done already: it can run again
// after `down`, or after it stopped half-way on MySQL. Nothing else may write to
// the ancestor's tables meanwhile.

const {openDatabase} = require('./chat/database.cjs');
const {runSteps} = require('./chat/steps.cjs');
const adoption = require('./chat/adoption.cjs');

exports.up = async driver => {
  const db = await openDatabase(driver);
  try {
    await runSteps('20261122000000-chat', [
      ['look for what stands in the way', () => adoption.checkTables(db)],
      ['make the tables', () => adoption.createTables(db)],
      ['set triggers and foreign keys aside', () => adoption.setAside(db)],
      ['extend messages', () => adoption.extendTable(db, 'messages')],
      [
        'extend message_recipients',
        () => adoption.extendTable(db, 'message_recipients'),
      ],
      ['extend message_files', () => adoption.extendTable(db, 'message_files')],
      ["widen the ancestor's log", () => adoption.widenAncestorsLog(db)],
      ['number the messages', () => adoption.backFill(db)],
      [
        'require the numbers',
        () => db.require('messages', ['seq', 'change_seq']),
      ],
      ['put triggers and foreign keys back', () => db.putBack()],
      ['add the indexes', () => adoption.addIndexes(db)],
      ['make channels and members', () => adoption.openChannels(db)],
    ]);
  } catch (err) {
    await db.afterFailure();
    throw err;
  }
};

// What was added stays: a database goes on with the newer tables.
exports.down = async () => undefined;

exports._meta = {version: 1};
