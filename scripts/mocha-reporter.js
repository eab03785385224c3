// Mocha's `dot` reporter that leaves the counts in the file named by
// MOCHA_COUNTS_FILE, for scripts/test.js, and the name of the test it is at
// beside it. Of a process that does not end it tells what keeps it, and ends it:
// a connection that a test left open is no reason to lose the counts.
'use strict';
const fs = require('fs');
const {Runner, reporters} = require('mocha');

const {MOCHA_COUNTS_FILE: countsFile} = process.env;
/** How long what tests have started may go on after the last. */
const LINGER_MS = 60_000;

function endLingering() {
  const held = process.getActiveResourcesInfo().join(', ');
  console.error(`\nstill open after ${LINGER_MS / 1000} s: ${held}`);
  process.exit();
}

module.exports = class CountingReporter extends reporters.Dot {
  constructor(runner, options) {
    super(runner, options);
    const {EVENT_HOOK_BEGIN, EVENT_TEST_BEGIN} = Runner.constants;
    const note = runnable => {
      fs.writeFileSync(
        `${countsFile}.at`,
        JSON.stringify(runnable.fullTitle()),
      );
    };
    runner.on(EVENT_TEST_BEGIN, note).on(EVENT_HOOK_BEGIN, note);
  }

  done(failures, fn) {
    // `failures` of the stats leaves out what failed in hooks after the end.
    const {tests, passes, pending} = this.stats;
    const failed = Math.max(failures, this.stats.failures);
    const counts = {tests, passed: passes, failed, skipped: pending};
    fs.writeFileSync(countsFile, JSON.stringify(counts));
    setTimeout(endLingering, LINGER_MS).unref();
    fn(failures);
  }
};
