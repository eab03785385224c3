import fs from 'fs';
import os from 'os';
import path from 'path';
import {PACKAGE_DIR, readText} from './markdown';
import {run} from './run';

/** A folder of a host that has installed the package from its tarball. */
export interface PackedHost {
  readonly dir: string;
  /** The folder of the installed package. */
  readonly packageDir: string;
  /** What the tarball holds. */
  readonly files: readonly string[];
  /** Runs Node.js in the host's folder. @returns its standard output */
  node(args: string[], env?: NodeJS.ProcessEnv): Promise<string>;
  /**
   * Type-checks and compiles what is in the host's folder.
   * @param options - of the compiler, besides the usual ones
   */
  compile(options?: object): Promise<void>;
  remove(): void;
}

const TSCONFIG = {
  compilerOptions: {
    ...{target: 'es2021', module: 'node16', moduleResolution: 'node16'},
    ...{strict: true, skipLibCheck: true, experimentalDecorators: true},
    ...{esModuleInterop: true, types: ['node']},
  },
  include: ['*.ts'],
};

/**
 * Packs the package and installs it: only what it declares can be found.
 * @param extras - other packages that the host has installed
 */
export async function givenPackedHost(extras: string[]): Promise<PackedHost> {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'chat-host-'));
  const files = await pack(dir);
  const packageDir = path.join(dir, 'node_modules/loopback4-chat');
  for (const name of new Set([...requiredPackages(), ...extras])) {
    link(dir, name);
  }
  return {
    ...{dir, packageDir, files},
    node: (args, env) => run(process.execPath, args, {cwd: dir, env}),
    async compile(options) {
      const tsconfig = path.join(dir, 'tsconfig.json');
      const compilerOptions = {...TSCONFIG.compilerOptions, ...options};
      fs.writeFileSync(
        tsconfig,
        JSON.stringify({...TSCONFIG, compilerOptions}),
      );
      const tsc = require.resolve('typescript/bin/tsc');
      await run(process.execPath, [tsc], {cwd: dir});
    },
    remove: () => fs.rmSync(dir, {recursive: true, force: true}),
  };
}

/** Packages that npm installs along: dependencies and peers not optional. */
export function requiredPackages(): string[] {
  const {dependencies, peerDependencies, peerDependenciesMeta} = JSON.parse(
    readText('package.json'),
  );
  return [
    ...Object.keys(dependencies),
    ...Object.keys(peerDependencies).filter(
      name => !peerDependenciesMeta[name]?.optional,
    ),
  ];
}

async function pack(dir: string): Promise<string[]> {
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination'];
  const [{filename, files}] = JSON.parse(
    await run('npm', [...args, dir], {cwd: PACKAGE_DIR}),
  );
  await run('tar', ['-xzf', filename], {cwd: dir});
  fs.mkdirSync(path.join(dir, 'node_modules'));
  fs.renameSync(
    path.join(dir, 'package'),
    path.join(dir, 'node_modules/loopback4-chat'),
  );
  return files.map((file: {path: string}) => file.path);
}

function link(dir: string, name: string): void {
  const at = path.join(dir, 'node_modules', name);
  fs.mkdirSync(path.dirname(at), {recursive: true});
  fs.symlinkSync(path.join(PACKAGE_DIR, 'node_modules', name), at);
}
