// Runs all tests in parts, as many at a time as there are cores (two at most, as
// some tests look at time), and prints each part's output when it ends. Leaves
// the sums of their counts in the file named by MOCHA_COUNTS_FILE.
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
const PART_TIMEOUT_MS = 30 * 60_000;
const {MOCHA_COUNTS_FILE: countsFile} = process.env;

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

/** @returns what the part printed, and its counts unless it ended before */
async function runPart(files, index) {
  const counts = `${countsFile}.${index}`;
  const args = ['--reporter', 'scripts/mocha-reporter.js', ...files];
  const child = spawn('lb-mocha', args, {
    cwd: ROOT,
    env: {...process.env, MOCHA_COUNTS_FILE: counts},
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: PART_TIMEOUT_MS,
    killSignal: 'SIGKILL',
  });
  const printed = [];
  child.stdout.on('data', bytes => printed.push(bytes));
  child.stderr.on('data', bytes => printed.push(bytes));
  const end = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(signal ?? code));
  });
  const isCounted = fs.existsSync(counts);
  return {
    text: Buffer.concat(printed).toString(),
    end,
    counts: isCounted && JSON.parse(fs.readFileSync(counts, 'utf8')),
  };
}

async function main() {
  const parts = partsOf(testFiles());
  const sums = {passed: 0, failed: 0, skipped: 0};
  let isWhole = true;
  let next = 0;
  const lane = async () => {
    while (next < parts.length) {
      const index = next++;
      const {text, end, counts} = await runPart(parts[index], index);
      console.log(`\n> tests, part ${index + 1} of ${parts.length}\n${text}`);
      for (const name of Object.keys(sums)) sums[name] += counts?.[name] ?? 0;
      if (counts && (end === 0) === (counts.failed === 0)) continue;
      // Killed, out of memory, or ended by a test.
      console.error(`part ${index + 1} ended with ${end}`);
      isWhole = false;
    }
  };
  await Promise.all(Array.from({length: AT_ONCE}, lane));
  if (isWhole) fs.writeFileSync(countsFile, JSON.stringify(sums));
  process.exitCode = isWhole && !sums.failed ? 0 : 1;
}

main().catch(err => {
  console.error(err);
  process.exitCode = 1;
});
