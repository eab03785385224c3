import {expect} from '@loopback/testlab';
import fs from 'fs';
import path from 'path';
import {DEFAULTS, resolveConfig} from '../../config';
import {CHAT_ERRORS} from '../../errors';
import {Message} from '../../models';
import {PermissionKey, POLICY} from '../../permissions';
import {checkFilter} from '../../services/filter-guard';
import {checkDraft} from '../../services/message-draft';
import {linksOf, PACKAGE_DIR, readText, tableOf} from './markdown';

const readme = readText('README.md');
const PAGES = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'],
  'docs/decisions.md',
];

describe('the tables of the README', () => {
  it('have every setting with its default', () => {
    const rows = tableOf(readme, 'Setting').map(([name, value]) => [
      name,
      value === '' ? undefined : JSON.parse(value),
    ]);
    const settings = Object.entries(DEFAULTS).flatMap<unknown[]>(
      ([name, value]) =>
        typeof value === 'object'
          ? Object.entries(value).map(([key, its]) => [`${name}.${key}`, its])
          : [[name, value]],
    );
    const withoutDefault = [
      ['auth.secret', undefined],
      ['auth.issuer', undefined],
    ];
    expect(sorted(rows)).to.eql(sorted([...settings, ...withoutDefault]));
  });

  it('have no setting that is refused', () => {
    const auth = {secret: 'x'.repeat(32), issuer: 'x'};
    expect(() => resolveConfig({...DEFAULTS, auth})).to.not.throw();
  });

  it('have every code with its status', () => {
    const rows = tableOf(readme, 'Status').map(([status, code]) => [
      code,
      Number(status),
    ]);
    const codes = Object.entries(CHAT_ERRORS).map(([code, {statusCode}]) => [
      code,
      statusCode,
    ]);
    expect(sorted(rows)).to.eql(sorted(codes));
  });

  it('have every permission key with its number', () => {
    const rows = tableOf(readme, 'Key').map(([key, number]) => [key, number]);
    const numbers: Record<string, string> = PermissionKey;
    const keys = Object.entries(PermissionKey)
      .filter(([name]) => !name.endsWith('Num'))
      .map(([name, key]) => [key, numbers[`${name}Num`] ?? '']);
    expect(sorted(rows)).to.eql(sorted(keys));
  });

  it('tell which permission keys are asked for', () => {
    const asked = tableOf(readme, 'Key')
      .filter(([, , by]) => by !== '(a later release)')
      .flatMap(([key, number]) => [key, number]);
    const policies: string[] = Object.values(POLICY).flat();
    expect(asked.sort()).to.eql(policies.sort());
  });

  it('have every variable that the component reads', () => {
    const names = tableOf(readme, 'Variable').map(([name]) => name);
    const read = readText('src/env.ts').matchAll(/read\('(\w+)'\)/g);
    expect(names.sort()).to.eql([...read].map(([, name]) => name).sort());
  });

  it('have every variable that the example reads', () => {
    const [, example] = readme.split('The example server');
    const documented = [readme, example].flatMap(text =>
      tableOf(text, 'Variable').map(([name]) => name),
    );
    const quoted = readText('example/src/env.ts').matchAll(/'([A-Z_]{4,})'/g);
    const read = new Set([...quoted].map(([, name]) => name));
    expect([...read].sort()).to.eql([...new Set(documented)].sort());
  });

  it('have every database with packages that are declared', () => {
    const {devDependencies} = JSON.parse(readText('package.json'));
    const packages = tableOf(readme, 'Database')
      .flatMap(([, , ...cells]) => cells.join(', ').split(/[`, ]+/))
      .filter(name => /-/.test(name));
    expect(packages).to.containEql('loopback-connector-mysql');
    expect(packages.filter(name => !(name in devDependencies))).to.be.empty();
  });
});

describe('the fixed limits of the README', () => {
  const {messages} = DEFAULTS;
  const draft = {body: 'Hello', toUserId: 'bob'};
  const number = (sentence: RegExp) => Number(sentence.exec(readme)?.[1]);

  it('are right about ids', () => {
    const size = number(/users and channels\s\(1 to (\d+) characters\)/);
    const to = (length: number) => () =>
      checkDraft('ann', {...draft, toUserId: 'x'.repeat(length)}, messages);
    expect(to(size)).to.not.throw();
    expect(to(size + 1)).to.throw();
    expect(to(0)).to.throw();
  });

  it('are right about subjects', () => {
    const size = number(/subject of a\smessage \(at most (\d+) characters\)/);
    const having = (length: number) => () =>
      checkDraft('ann', {...draft, subject: 'x'.repeat(length)}, messages);
    expect(having(size)).to.not.throw();
    expect(having(size + 1)).to.throw();
  });

  it('are right about lists', () => {
    const size = number(/list \((\d+) messages/);
    const most = number(/at most (\d+) with\s`limit`/);
    expect(checkFilter(Message).limit).to.equal(size);
    expect(() => checkFilter(Message, {limit: most})).to.not.throw();
    expect(() => checkFilter(Message, {limit: most + 1})).to.throw();
  });
});

describe('the pages', () => {
  for (const page of PAGES) {
    it(`link in ${page} to what is there`, () => {
      const dir = path.dirname(path.join(PACKAGE_DIR, page));
      const missing = linksOf(readText(page)).filter(
        to => !fs.existsSync(path.join(dir, to.replace(/#.*/, ''))),
      );
      expect(missing).to.be.empty();
    });

    it(`name in ${page} npm scripts that exist`, () => {
      const {scripts} = JSON.parse(readText('package.json'));
      const runs = readText(page).matchAll(
        /`(?:npm ci && )?npm (?:run )?([a-z][\w:-]*)/g,
      );
      const builtIn = ['ci', 'install', 'pack'];
      const missing = [...runs]
        .map(([, name]) => name)
        .filter(name => !builtIn.includes(name) && !(name in scripts));
      expect(missing).to.be.empty();
    });
  }

  it('tell in the change log of the version that is packed', () => {
    const {version} = JSON.parse(readText('package.json'));
    expect(readText('CHANGELOG.md')).to.containEql(`## [${version}]`);
  });

  it('name the Node.js that is required, and the repository for it', () => {
    const {engines, devDependencies} = JSON.parse(readText('package.json'));
    const repository = '@loopback/repository';
    const pinned = `\`${repository}@${devDependencies[repository]}\``;
    expect(readme).to.containEql(pinned);
    const [, least] = /Node\.js (\d+\.\d+) or newer/.exec(readme) ?? [];
    expect(engines.node).to.equal(`>=${least}.0`);
  });
});

function sorted(rows: unknown[][]): unknown[][] {
  return [...rows].sort(([a], [b]) => String(a).localeCompare(String(b)));
}
