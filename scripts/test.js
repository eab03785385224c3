// What `npm test` does: build, lint, import rules, stale-file checks, then all
// tests with coverage; it stops at the first that fails. What is not on this
// machine is left out and said, or fails with CHAT_TEST_REQUIRE_SERVICES=true.
'use strict';
const {spawnSync} = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const {probe} = require('./services');

const ROOT = path.join(__dirname, '..');
const BIN = path.join(ROOT, 'node_modules', '.bin');
const TESTS_TIMEOUT_MS = 60 * 60_000;

const STAGES = [
  ['build', 'npm', ['run', '--silent', 'build']],
  ['lint', 'npm', ['run', '--silent', 'lint']],
  ['import rules', 'npm', ['run', '--silent', 'lint:imports']],
  ['protocol is up to date', 'node', ['scripts/protocol.js', '--check']],
  ['openapi is up to date', 'node', ['scripts/openapi-spec.js', '--check']],
  ['asyncapi is up to date', 'node', ['scripts/asyncapi.js', '--check']],
];

/** A little under what is reached; raise them when more is. */
const COVERAGE = [
  ...['--reporter', 'text-summary', '--check-coverage'],
  ...['--lines', '95', '--functions', '80', '--branches', '90'],
  ...['--include', 'dist/**', '--exclude', 'dist/__tests__/**'],
  ...['--exclude', 'dist/protocol/chat.pb.js'],
];

/** @throws Error when the command fails or does not end in time */
function run(title, command, args, {env, timeout} = {}) {
  console.log(`\n> ${title}`);
  const {status, signal, error} = spawnSync(command, args, {
    cwd: ROOT,
    stdio: 'inherit',
    timeout,
    env: {
      ...process.env,
      ...env,
      PATH: BIN + path.delimiter + process.env.PATH,
    },
  });
  if (status === 0) return;
  const reason = error?.message ?? (signal ? `ended by ${signal}` : 'failed');
  throw new Error(`${title}: ${reason}`);
}

/**
 * @returns the environment that tells the tests what they may use
 * @throws Error when a service is required and missing
 */
async function findServices() {
  const services = await probe();
  const missing = services.filter(({fault}) => fault);
  for (const {name, host, port, fault} of missing) {
    const where = `${name} not found on ${host}:${port}`;
    if (process.env.CHAT_TEST_REQUIRE_SERVICES === 'true') {
      throw new Error(`${where} (${fault}), and it is required.`);
    }
    console.log(`${where}: its tests are left out.`);
  }
  const found = services.filter(({fault, database}) => !fault && database);
  const names = ['pglite', 'memory', ...found.map(({database}) => database)];
  const redis = services.find(({fault, name}) => !fault && name === 'Redis');
  return {
    CHAT_TEST_DATABASES: names.join(','),
    CHAT_TEST_REDIS: redis ? `${redis.host}:${redis.port}` : '',
  };
}

/** Prints the counts alone on a line, which the CI reads. */
function report(counts) {
  const {passed, failed, skipped} = JSON.parse(counts);
  const rest = skipped ? `, ${skipped} skipped` : '';
  console.log(`\n${passed} passed, ${failed} failed${rest}`);
  if (failed || !passed) throw new Error('tests: failed');
}

function runTests(serviceEnv) {
  const workDir = fs.mkdtempSync(path.join(os.tmpdir(), 'chat-test-'));
  const countsFile = path.join(workDir, 'counts.json');
  const env = {...serviceEnv, MOCHA_COUNTS_FILE: countsFile};
  const args = [...COVERAGE, process.execPath, 'scripts/test-parts.js'];
  let failure;
  try {
    run('tests', 'c8', args, {env, timeout: TESTS_TIMEOUT_MS});
  } catch (err) {
    failure = err;
  }
  const counts = fs.existsSync(countsFile) && fs.readFileSync(countsFile);
  fs.rmSync(workDir, {recursive: true});
  // Without counts, a part ended before its last test; that was told.
  if (counts) report(counts);
  if (failure) throw failure;
}

async function main() {
  const serviceEnv = await findServices();
  for (const stage of STAGES) run(...stage);
  runTests(serviceEnv);
  process.exitCode = 0;
}

// Stands unless all of `main` was gone through.
process.exitCode = 1;
main().catch(err => console.error(`\n${err.message}`));
