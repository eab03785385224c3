// Mocha's `dot` reporter that leaves the counts in the file named by
// MOCHA_COUNTS_FILE, for scripts/test.js.
'use strict';
const fs = require('fs');
const {reporters} = require('mocha');

module.exports = class CountingReporter extends reporters.Dot {
  done(failures, fn) {
    // `failures` of the stats leaves out what failed in hooks after the end.
    const {tests, passes, pending} = this.stats;
    const failed = Math.max(failures, this.stats.failures);
    const counts = {tests, passed: passes, failed, skipped: pending};
    fs.writeFileSync(process.env.MOCHA_COUNTS_FILE, JSON.stringify(counts));
    fn(failures);
  }
};
