'use strict';

// Ids compare by their bytes: 'Ann' and 'ann' are two users.
const BYTES = 'CHARACTER SET utf8mb4 COLLATE utf8mb4_bin';

const quote = name => `\`${name.replaceAll('`', '``')}\``;

/** A string constant, whatever the SQL mode says of backslashes. */
const literal = text =>
  text === '' ? "''" : `_utf8mb4 X'${Buffer.from(text).toString('hex')}'`;

module.exports = {BYTES, literal, quote};
