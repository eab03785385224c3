import {expect} from '@loopback/testlab';
import fs from 'fs';
import path from 'path';
import {CLIENT_DEFAULTS, type ClientEvents} from '../../client';
import {DEFAULTS} from '../../default-config';
import {CHAT_ERRORS} from '../../errors';
import {Message} from '../../models';
import {PermissionKey, POLICY} from '../../permissions';
import {resolveConfig} from '../../resolve-config';
import {AttachmentFileService} from '../../services';
import {checkFilter} from '../../services/filter-guard';
import {checkDraft} from '../../services/message-draft';
import {linksOf, PACKAGE_DIR, readText, tableOf} from './markdown';

const readme = readText('README.md');
const moving = readText('docs/moving-from-sourceloop.md');
const PAGES = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'],
  ...fs.readdirSync(path.join(PACKAGE_DIR, 'docs')).map(name => `docs/${name}`),
];
const {COMMANDS} = require(path.join(PACKAGE_DIR, 'bin/migrate.js'));

describe('the tables of docs/client.md', () => {
  const page = readText('docs/client.md');

  it('have every option with its default', () => {
    const rows = tableOf(page, 'Option')
      .filter(([, value]) => value !== '')
      .map(([name, value]) => [name, JSON.parse(value)]);
    expect(sorted(rows)).to.eql(sorted(Object.entries(CLIENT_DEFAULTS)));
  });

  it('have every event', () => {
    const names: Record<ClientEvents, true> = {
      ...{message: true, edit: true, delete: true, reaction: true},
      ...{received: true, read: true, typing: true, notify: true},
      ...{channel: true, presence: true, state: true, error: true},
    };
    const rows = tableOf(page, 'Event').map(([name]) => name);
    expect(rows.sort()).to.eql(Object.keys(names).sort());
  });
});

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
      ...['issuer', 'audience', 'keys', 'jwks', 'claims'].map(name => [
        `auth.${name}`,
        undefined,
      ]),
      ['attachments.s3', undefined],
      ['redis', undefined],
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
      .flatMap(([key, number]) => [key, number])
      .filter(key => key !== '');
    const policies: string[] = Object.values(POLICY).flat();
    // Asked for by no operation, but by the owner rules of all.
    const known = new Set([...policies, PermissionKey.AdministerChat]);
    expect(asked.sort()).to.eql([...known].sort());
  });

  it('have every variable that the component reads', () => {
    const names = tableOf(readme, 'Variable').map(([name]) => name);
    const read = readText('src/env.ts').matchAll(/read\('(\w+)'\)/g);
    expect(names.sort()).to.eql([...read].map(([, name]) => name).sort());
  });

  it('have every variable that the example reads', () => {
    const [, example] = readme.split('The example server');
    const [ofComponent, ofExample] = [readme, example].map(text =>
      tableOf(text, 'Variable').map(([name]) => name),
    );
    const quoted = readText('example/src/env.ts').matchAll(/'([A-Z_]{4,})'/g);
    const read = new Set([...quoted].map(([, name]) => name));
    const own = [...read].filter(name => !ofComponent.includes(name));
    expect(own.sort()).to.eql(ofExample.sort());
  });

  it('have every variable that the migrations read', () => {
    const names = tableOf(readme, 'Migration variable').map(([name]) => name);
    const read = [
      ...readText('migration.js').matchAll(/'([A-Z_]{4,})'/g),
      ...readText('bin/migrate.js').matchAll(/process\.env\.(\w+)/g),
      ...readText(
        'src/repositories/migration/migration-environment.ts',
      ).matchAll(/(?:env\.|')([A-Z_]{4,})/g),
    ].map(([, name]) => name);
    expect(names.sort()).to.eql([...new Set(read)].sort());
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
    const [, size2, most2] =
      /list has (\d+) rows [^]*? at most (\d+)\./.exec(moving) ?? [];
    expect([Number(size2), Number(most2)]).to.eql([size, most]);
  });

  it('are right about inclusions', () => {
    const depths = [readme, moving].map(text =>
      Number(/`include`\s(?:goes )?at\smost (\d) deep/.exec(text)?.[1]),
    );
    const nested = (depth: number): object =>
      depth
        ? {include: [{relation: 'messages', scope: nested(depth - 1)}]}
        : {};
    for (const depth of depths) {
      expect(() => checkFilter(Message, nested(depth))).to.not.throw();
      expect(() => checkFilter(Message, nested(depth + 1))).to.throw();
    }
  });

  it('are right about the operators of a `where`', () => {
    const [, list] = /`where` with ([^]*?);/.exec(readme) ?? [];
    const operators = [...list.matchAll(/`(\w+)`/g)].map(([, name]) => name);
    expect(operators).to.containEql('between');
    for (const name of operators) {
      const isJoint = ['and', 'or'].includes(name);
      const value = ['inq', 'nin', 'between'].includes(name) ? [1, 2] : 1;
      const where = isJoint ? {[name]: [{seq: 1}]} : {seq: {[name]: value}};
      expect(() => checkFilter(Message, {where})).to.not.throw();
    }
    for (const name of ['like', 'nlike', 'ilike', 'regexp']) {
      const where = {body: {[name]: 'x'}};
      expect(() => checkFilter(Message, {where})).to.throw();
    }
  });

  it('are right about attachments', async () => {
    const carried = {add: async () => undefined};
    const none = undefined as never;
    const service = new AttachmentFileService(
      none,
      {viewerOf: () => ({userId: 'ann'})} as never,
      none,
      {placesFor: async () => new Array(200).fill({})} as never,
      carried as never,
    );
    const user = {id: 'ann', permissions: []};
    const limits: [RegExp, (size: number) => Promise<unknown>][] = [
      [
        /attachments in one request \(at most (\d+)\)/,
        size => service.createBulk(user, new Array(size).fill({})),
      ],
      [
        /`fileKey` \(at most (\d+)\s/,
        size => service.create(user, {fileKey: 'x'.repeat(size)}),
      ],
      [
        /`metaData` \(at most (\d+) bytes/,
        size => service.create(user, {metaData: metaDataOf(size)}),
      ],
    ];
    for (const [sentence, make] of limits) {
      const size = number(sentence);
      await make(size);
      await expect(make(size + 1)).to.be.rejectedWith({
        code: 'CHAT_INPUT_INVALID',
      });
    }
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

  for (const page of PAGES) {
    it(`name in ${page} migrate commands that exist`, () => {
      const named = readText(page).matchAll(/loopback4-chat migrate (\w+)/g);
      const missing = [...named]
        .map(([, name]) => name)
        .filter(name => !COMMANDS.includes(name));
      expect(missing).to.be.empty();
    });

    it(`name in ${page} variables that are documented`, () => {
      const documented = [
        ...['Variable', 'Migration variable'].flatMap(head =>
          tableOf(readme, head),
        ),
        ...tableOf(readme.split('The example server')[1], 'Variable'),
        ...tableOf(readText('CONTRIBUTING.md'), 'Test variable'),
      ].flatMap(([names]) => names.split(/\W+/));
      const named = readText(page).matchAll(
        /`((?:CHAT_(?:TEST|MIGRATION|AUDIT|USE|DATA)|DB|JWT|MYSQL|SOURCELOOP|TEST|LOG)_\w+)/g,
      );
      const missing = [...named]
        .map(([, name]) => name)
        .filter(name => !documented.includes(name));
      expect(missing).to.be.empty();
    });
  }

  it('name every variable of the tests', () => {
    const named = tableOf(readText('CONTRIBUTING.md'), 'Test variable')
      .flatMap(([names]) => names.split(/\W+/))
      .filter(name => name !== '');
    const tests = path.join(PACKAGE_DIR, 'src', '__tests__');
    const files = fs
      .readdirSync(tests, {recursive: true})
      .map(name => path.join('src', '__tests__', String(name)))
      .filter(name => name.endsWith('.ts'));
    const read = ['scripts/services.js', ...files].flatMap(file =>
      [...readText(file).matchAll(/\bTEST_[A-Z_]+\b/g)].map(([name]) => name),
    );
    const own = [
      ...['CHAT_TEST_DATABASES', 'CHAT_TEST_REDIS'],
      'CHAT_TEST_REQUIRE_SERVICES',
    ];
    expect(named.sort()).to.eql([...new Set([...read, ...own])].sort());
  });

  it('tell of databases for the tests that there are', () => {
    const [[, text]] = tableOf(readText('CONTRIBUTING.md'), 'Test variable');
    const names = [...text.matchAll(/`(\w+)`/g)].map(([, name]) => name);
    const known = readText('src/__tests__/fixtures/stores.ts');
    expect(names).to.not.be.empty();
    expect(names.filter(name => !known.includes(`'${name}'`))).to.be.empty();
  });

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

/** An object that is so many bytes of JSON. */
function metaDataOf(size: number): object {
  return {x: 'x'.repeat(size - JSON.stringify({x: ''}).length)};
}

function sorted(rows: unknown[][]): unknown[][] {
  return [...rows].sort(([a], [b]) => String(a).localeCompare(String(b)));
}
