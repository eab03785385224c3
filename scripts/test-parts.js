// Runs all tests in parts, as many at a time as there are cores (two at most, as
// some tests look at time), and prints each part's output when it ends, or at the
// very end where it failed. Leaves the sums of their counts in the file named by
// MOCHA_COUNTS_FILE.
'use strict';
const {spawn} = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const ROOT = path.join(__dirname, '..');
const FOLDERS = ['dist/__tests__', 'example/dist/__tests__'];
/** More parts than at a time, so that none is left to run alone for long. */
const PARTS = 8;
const AT_ONCE = Math.min(2, os.cpus().length);
const PART_TIMEOUT_MS = 20 * 60_000;
const {MOCHA_COUNTS_FILE: countsFile} = process.env;
const running = new Set();

/** Neighbours go to different parts: what is alike takes alike long. */
function partsOf(files) {
  const parts = Array.from({length: PARTS}, () => []);
  files.forEach((file, index) => parts[index % PARTS].push(file));
  return parts.filter(part => part.length);
}

function testFiles() {
  return FOLDERS.flatMap(folder =>
    fs
      .readdirSync(path.join(ROOT, folder), {recursive: true})
      .filter(name => name.endsWith('.js'))
      .sort()
      .map(name => path.join(folder, name)),
  );
}

/** Ends a part with all it has started: `lb-mocha` alone would leave mocha. */
function kill({pid}) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (err) {
    if (err.code !== 'ESRCH') throw err;
  }
}

function readJson(file) {
  return fs.existsSync(file)
    ? JSON.parse(fs.readFileSync(file, 'utf8'))
    : undefined;
}

/**
 * @returns what the part printed, how it ended, its counts unless it ended
 *   before, and the test it was at
 */
async function runPart(files, index) {
  const counts = `${countsFile}.${index}`;
  const args = ['--reporter', 'scripts/mocha-reporter.js', ...files];
  const child = spawn('lb-mocha', args, {
    cwd: ROOT,
    env: {...process.env, MOCHA_COUNTS_FILE: counts},
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  running.add(child);
  // What its tests left running would keep the pipes open.
  child.once('exit', () => kill(child));
  const timer = setTimeout(() => kill(child), PART_TIMEOUT_MS);
  const printed = [];
  child.stdout.on('data', bytes => printed.push(bytes));
  child.stderr.on('data', bytes => printed.push(bytes));
  const end = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(signal ?? code));
  });
  clearTimeout(timer);
  running.delete(child);
  return {
    index,
    text: Buffer.concat(printed).toString(),
    end,
    counts: readJson(counts),
    at: readJson(`${counts}.at`),
  };
}

const isGood = ({end, counts}) => end === 0 && counts?.failed === 0;

function print({index, text, end, counts, at}) {
  console.log(`\n> tests, part ${index + 1} of ${PARTS}\n${text}`);
  // Killed, out of memory, or ended by a test, it is told where it was.
  if (!counts) console.log(`part ${index + 1} ended with ${end}, at: ${at}`);
}

async function main() {
  const parts = partsOf(testFiles());
  const outcomes = [];
  let next = 0;
  const lane = async () => {
    while (next < parts.length) {
      const index = next++;
      const outcome = await runPart(parts[index], index);
      outcomes.push(outcome);
      if (isGood(outcome)) print(outcome);
    }
  };
  await Promise.all(Array.from({length: AT_ONCE}, lane));
  // Last, where whoever looks for the reason looks first.
  outcomes.filter(outcome => !isGood(outcome)).forEach(print);
  const sum = name => outcomes.reduce((n, {counts}) => n + counts[name], 0);
  if (outcomes.every(({counts}) => counts)) {
    const sums = Object.fromEntries(
      ['passed', 'failed', 'skipped'].map(name => [name, sum(name)]),
    );
    fs.writeFileSync(countsFile, JSON.stringify(sums));
  }
  process.exitCode = outcomes.every(isGood) ? 0 : 1;
}

// In groups of their own, they do not get the terminal's signals.
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    running.forEach(kill);
    process.kill(process.pid, signal);
  });
}
main().catch(err => {
  console.error(err);
  process.exitCode = 1;
});
