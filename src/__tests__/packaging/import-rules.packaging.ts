import {expect} from '@loopback/testlab';
import fs from 'fs';
import os from 'os';
import path from 'path';
import {PACKAGE_DIR, readText} from './markdown';
import {run} from './run';

/** A file, what it imports, and the rule that this breaks. */
const WRONG: readonly (readonly [string, string, string])[] = [
  ['models/a.ts', `import '../services/b';`, 'room-models'],
  ['repositories/a.ts', `import '../services/b';`, 'room-repositories'],
  ['services/b.ts', `import '../protocol/p';`, 'room-services'],
  ['controllers/a.ts', `import '../repositories/r';`, 'room-controllers'],
  ['controllers/b.ts', `import '../realtime/r';`, 'room-controllers'],
  ['realtime/a.ts', `import '../controllers/a';`, 'room-realtime'],
  ['realtime/b.ts', `import '../repositories/r';`, 'room-realtime'],
  ['rest/a.ts', `import '../realtime/r';`, 'room-rest'],
  ['protocol/a.ts', `import '../models/a';`, 'room-protocol'],
  ['client/a.ts', `import '../services/b';`, 'room-client'],
  ['errors.ts', `import './types';`, 'file-errors'],
  ['permissions.ts', `import './errors';`, 'file-permissions'],
  ['keys.ts', `import {b} from './services/b'; b;`, 'keys-types-only'],
  ['services/c.ts', `import '../config';`, 'settings-are-injected'],
  ['rest/c.ts', `import '../default-config';`, 'settings-are-injected'],
  ['services/d.ts', `import '../component';`, 'nobody-imports-the-roof'],
  ['services/e.ts', `import '../__tests__/t';`, 'no-tests-in-source'],
  ['services/f.ts', `import 'socket.io';`, 'one-place-socketio'],
  ['services/g.ts', `import 'winston';`, 'one-place-winston'],
  ['realtime/c.ts', `import 'protobufjs';`, 'one-place-protobufjs'],
  ['rest/b.ts', `import 'jose';`, 'one-place-jose'],
  [
    'services/h.ts',
    `import '@loopback/sequelize';`,
    'one-place-loopbacksequelize',
  ],
  ['services/i.ts', `import 'fs';`, 'no-file-system'],
  ['services/j.ts', `import 'fs/promises';`, 'no-file-system'],
  ['services/k.ts', `import 'mysql2';`, 'no-dev-dependency'],
  ['services/l.ts', `import 'express';`, 'no-undeclared'],
  ['services/m.ts', `import './nowhere';`, 'no-unresolvable'],
  ['services/n.ts', `import './o';`, 'no-circle'],
  [
    'repositories/flavour.ts',
    `import '@loopback/sequelize';`,
    'one-place-sequelize-types',
  ],
];

/** What others import, and what is allowed. */
const RIGHT: readonly (readonly [string, string])[] = [
  ['services/o.ts', `import './n';`],
  ['services/p.ts', `import type {c} from '../config'; import 'uuid';`],
  ['services/q.ts', `import '../repositories/r'; import '../errors';`],
  ['realtime/d.ts', `import 'socket.io'; import '../protocol/p';`],
  ['__tests__/t.ts', `import '../services/b'; import 'fs'; import 'pg';`],
  ['repositories/sequelize/s.ts', `import '@loopback/sequelize';`],
  ...[
    ...['protocol/p', 'repositories/r', 'realtime/r', 'types', 'config'],
    'default-config',
  ].map(name => [`${name}.ts`, 'export {};'] as const),
  ['component.ts', `import './config'; import './services/q';`],
];

interface Violation {
  readonly from: string;
  readonly rule: {readonly name: string};
}

describe('the import rules', function (this: Mocha.Suite) {
  this.timeout(60_000);
  let dir: string;
  let broken: readonly string[];

  before(async () => {
    dir = givenSource([...WRONG, ...RIGHT]);
    const violations = await cruise(dir);
    broken = violations.map(({from, rule}) => `${from}: ${rule.name}`);
  });
  after(() => fs.rmSync(dir, {recursive: true}));

  for (const [file, text, rule] of WRONG) {
    it(`refuse ${text} in ${file}`, () => {
      expect(broken).to.containEql(`src/${file}: ${rule}`);
    });
  }

  for (const [file, text] of RIGHT.filter(
    ([, its]) => its !== `import './n';`,
  )) {
    it(`allow ${text} in ${file}`, () => {
      expect(
        broken.filter(line => line.startsWith(`src/${file}:`)),
      ).to.be.empty();
    });
  }
});

describe('process.env', () => {
  it('is read in one file', () => {
    const src = path.join(PACKAGE_DIR, 'src');
    const readers = fs
      .readdirSync(src, {recursive: true, encoding: 'utf8'})
      .filter(name => name.endsWith('.ts') && !name.startsWith('__tests__'))
      .filter(name => readText(`src/${name}`).includes('process.env'));
    expect(readers).to.eql(['env.ts']);
  });
});

function givenSource(files: readonly (readonly string[])[]): string {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'chat-imports-'));
  const modules = path.join(PACKAGE_DIR, 'node_modules');
  fs.symlinkSync(modules, path.join(dir, 'node_modules'));
  for (const name of ['package.json', 'tsconfig.json']) {
    fs.copyFileSync(path.join(PACKAGE_DIR, name), path.join(dir, name));
  }
  for (const [name, text] of files) {
    const file = path.join(dir, 'src', name);
    fs.mkdirSync(path.dirname(file), {recursive: true});
    fs.writeFileSync(file, text);
  }
  return dir;
}

/** It ends with the number of violations, so its output is looked at alone. */
async function cruise(dir: string): Promise<Violation[]> {
  const config = path.join(PACKAGE_DIR, '.dependency-cruiser.js');
  const out = path.join(dir, 'out.json');
  const bin = path.join(PACKAGE_DIR, 'node_modules/.bin/depcruise');
  const args = ['--config', config, '--output-type', 'json', '-f', out, 'src'];
  await run(bin, args, {cwd: dir}).catch(() => undefined);
  return JSON.parse(fs.readFileSync(out, 'utf8')).summary.violations;
}
