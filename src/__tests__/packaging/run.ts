import {execFile} from 'child_process';

/** Where and with what a command is run. */
export interface RunOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Runs a command to its end.
 * @returns what it wrote to its standard output
 * @throws Error with all that it wrote when it fails
 */
export function run(
  command: string,
  args: readonly string[],
  {cwd, env}: RunOptions,
): Promise<string> {
  const options = {cwd, env: {...process.env, ...env}, maxBuffer: 2 ** 26};
  return new Promise((resolve, reject) => {
    execFile(command, args, options, (err, stdout, stderr) => {
      if (err) reject(new Error(`${err.message}\n${stdout}\n${stderr}`));
      else resolve(stdout);
    });
  });
}
