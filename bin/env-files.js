'use strict';

const fs = require('fs');
const path = require('path');

/**
 * Reads `.env`, then `.env.defaults`, of a host's root into the environment, as
 * the ancestor does: what is set already stands, and so does the earlier file.
 */
function loadEnvFiles(root) {
  for (const name of ['.env', '.env.defaults']) {
    const file = path.join(root, name);
    // Node's own reader, which never overwrites; no dependency at install time.
    const isFile = fs.statSync(file, {throwIfNoEntry: false})?.isFile();
    if (isFile) process.loadEnvFile(file);
  }
}

module.exports = {loadEnvFiles};
