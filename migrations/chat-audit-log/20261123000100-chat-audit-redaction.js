'use strict';

// Lets the sealed change log forget a user who is erased, and nothing else.

const {openDatabase} = require('../chat/database.cjs');
const {runSteps} = require('../chat/steps.cjs');
const {auditRedaction} = require('../chat/audit-redaction.cjs');

exports.up = async driver => {
  const db = await openDatabase(driver);
  const redaction = auditRedaction(db);
  await runSteps('20261123000100-chat-audit-redaction', [
    ['define the redaction', () => redaction.defineRedaction()],
    ['permit it', () => redaction.permit()],
  ]);
};

// A log that cannot forget a user again is of no use to anybody.
exports.down = async () => undefined;

exports._meta = {version: 1};
