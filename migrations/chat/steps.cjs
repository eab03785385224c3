'use strict';

/**
 * Runs steps one after the other, each of which looks first whether it is done.
 * @throws Error that names the step which failed, with the cause
 */
async function runSteps(migration, steps) {
  for (const [index, [title, run]] of steps.entries()) {
    try {
      await run();
    } catch (err) {
      throw new Error(
        `${migration} stopped at step ${index + 1} of ${steps.length}, ` +
          `"${title}": ${err.message}`,
        {cause: err},
      );
    }
  }
}

module.exports = {runSteps};
