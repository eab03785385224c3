import {readEnv} from './env';
import {ExampleServer} from './example.server';
import {greeting} from './greeting';
import {toLine} from './start/start-error';

/**
 * Ending is safe at any moment, as nothing acked can be lost; so it waits no
 * longer than whoever pressed Ctrl-C.
 */
const STOP_TIMEOUT_MS = 1700;

async function main(): Promise<void> {
  const server = new ExampleServer(readEnv(), print);
  const started = server.start();
  onceSignalled(() => void started.catch(ignore).then(() => end(server, 0)));
  try {
    print(greeting(await started));
  } catch (err) {
    fail(err);
    await end(server, 1);
  }
}

/** Ctrl-C under npm arrives twice: from the terminal and from npm. */
function onceSignalled(stop: () => void): void {
  let isSignalled = false;
  const onSignal = () => {
    if (isSignalled) return;
    isSignalled = true;
    setTimeout(() => process.exit(0), STOP_TIMEOUT_MS);
    stop();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
}

async function end(server: ExampleServer, exitCode: number): Promise<void> {
  setTimeout(() => process.exit(exitCode), STOP_TIMEOUT_MS).unref();
  await server.stop().catch(fail);
  process.exit(exitCode);
}

function print(text: string): void {
  process.stdout.write(text);
}

function fail(err: unknown): void {
  process.stderr.write(`${toLine(err)}\n`);
}

function ignore(): void {
  // Told where the start is awaited.
}

main().catch(err => {
  fail(err);
  process.exit(1);
});
