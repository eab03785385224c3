import {expect} from '@loopback/testlab';
import fs from 'fs';
import path from 'path';
import {PACKAGE_DIR, readText} from './markdown';
import {givenPackedHost, type PackedHost} from './packed-host';

const {exports: entries, bin} = JSON.parse(readText('package.json'));
const paths = Object.keys(entries).map(key => `loopback4-chat${key.slice(1)}`);

describe('the packed package', function (this: Mocha.Suite) {
  this.timeout(60_000);
  let host: PackedHost;

  before(async () => {
    host = await givenPackedHost(['@types/node']);
  });
  after(() => host.remove());

  it('holds what a host needs', () => {
    const needed = [
      ...['README.md', 'LICENSE', 'CHANGELOG.md', 'migration.js'],
      ...filesIn('docs'),
      ...filesIn('bin'),
      ...['asyncapi.yaml', 'openapi.json', 'openapi.md', 'package.json'],
      ...['dist/index.js', 'dist/index.d.ts', 'dist/protocol/chat.pb.js'],
      ...['src/index.ts', 'src/protocol/chat.proto'],
      ...filesIn('migrations'),
    ];
    expect(needed.filter(name => !host.files.includes(name))).to.be.empty();
  });

  it('holds nothing else', () => {
    const known =
      /^(bin|dist|src|migrations|docs)\/|^(README|CHANGELOG|openapi)\.md$|^LICENSE$|^(package|openapi)\.json$|^asyncapi\.yaml$|^migration\.js$/;
    const unwanted = /__tests__|\.tsbuildinfo$|(^|\/)\./;
    const surplus = host.files.filter(
      name => !known.test(name) || unwanted.test(name),
    );
    expect(surplus).to.be.empty();
  });

  it('has a source for every map', () => {
    const sources = host.files
      .filter(name => name.endsWith('.js.map'))
      .map(name => name.replace(/^dist(.*)\.js\.map$/, 'src$1.ts'));
    expect(sources).to.not.be.empty();
    expect(sources.filter(name => !host.files.includes(name))).to.be.empty();
  });

  for (const name of paths.filter(entry => !isData(entry))) {
    it(`lets ${name} be required and imported, with the same names`, async () => {
      const script = `import(${JSON.stringify(name)}).then(imported => {
        const names = Object.keys(require(${JSON.stringify(name)}));
        const missing = names.filter(key => !(key in imported));
        console.log(JSON.stringify({names, missing}));
      })`;
      const {names, missing} = JSON.parse(await host.node(['-e', script]));
      expect(names).to.not.be.empty();
      expect(missing).to.be.empty();
    });
  }

  for (const name of paths.filter(isData)) {
    it(`lets ${name} be found`, async () => {
      const script = `console.log(require.resolve(${JSON.stringify(name)}))`;
      const found = (await host.node(['-e', script])).trim();
      expect(fs.existsSync(found)).to.be.true();
    });
  }

  it('keeps what it does not export to itself', async () => {
    const script = `require('loopback4-chat/dist/services')`;
    await expect(host.node(['-e', script])).to.be.rejectedWith(
      /ERR_PACKAGE_PATH_NOT_EXPORTED/,
    );
  });

  it('has commands that can be run', async () => {
    expect(Object.keys(bin)).to.eql(['loopback4-chat']);
    for (const file of Object.values<string>(bin)) {
      const program = path.join(host.packageDir, file);
      expect(fs.readFileSync(program, 'utf8')).to.startWith('#!/usr/bin/env');
      await expect(host.node([program])).to.be.rejectedWith(/Usage: /);
    }
  });

  it('copies its migrations into a host, whole', async () => {
    const program = path.join(host.packageDir, bin['loopback4-chat']);
    await host.node([program, 'migrate', 'copy']);
    const missing = filesIn('migrations').filter(
      name => !fs.existsSync(path.join(host.dir, name)),
    );
    expect(missing).to.be.empty();
  });

  it('installs in silence, unless it is asked to migrate', async () => {
    const install = path.join(host.packageDir, 'migration.js');
    const env = {INIT_CWD: host.dir};
    expect(await host.node([install], env)).to.equal('');
    const asking = host.node([install], {...env, CHAT_MIGRATION: 'true'});
    await expect(asking).to.be.rejectedWith(/To migrate, set DB_HOST/);
  });

  context('without the optional peers', () => {
    it('names the peer that migrating needs', async () => {
      const program = path.join(host.packageDir, bin['loopback4-chat']);
      const env = {DB_HOST: '127.0.0.1', DB_USER: 'u', DB_DATABASE: 'd'};
      await expect(
        host.node([program, 'migrate', 'up'], env),
      ).to.be.rejectedWith(/Install db-migrate/);
    });

    it('runs on the memory connector', async () => {
      fs.writeFileSync(path.join(host.dir, 'memory.js'), memoryHost({}));
      expect(await host.node(['memory.js'])).to.equal('started\n');
    });

    it('names the peer that useSequelize needs', async () => {
      const script = memoryHost({useSequelize: true});
      fs.writeFileSync(path.join(host.dir, 'sequelize.js'), script);
      await expect(host.node(['sequelize.js'])).to.be.rejectedWith(
        /useSequelize needs @loopback\/sequelize/,
      );
    });
  });

  it('type-checks in a host', async () => {
    fs.writeFileSync(path.join(host.dir, 'consumer.ts'), CONSUMER);
    await host.compile();
  });

  it('type-checks in a host that has the settings of LoopBack', async () => {
    await host.compile({module: 'commonjs', moduleResolution: 'node'});
  });

  it('tells a host of a wrong type', async () => {
    const wrong = path.join(host.dir, 'wrong.ts');
    fs.writeFileSync(
      wrong,
      `import type {ChatServiceConfig} from 'loopback4-chat';
       export const config: ChatServiceConfig = {migrateOnStart: 'yes'};`,
    );
    await expect(host.compile()).to.be.rejectedWith(/wrong\.ts\(2/);
    fs.rmSync(wrong);
  });
});

function isData(name: string): boolean {
  return /\.(proto|json)$/.test(name);
}

/** The files of a folder and of those in it, by their paths in the package. */
function filesIn(folder: string): string[] {
  const options = {recursive: true, withFileTypes: true} as const;
  const files = fs
    .readdirSync(path.join(PACKAGE_DIR, folder), options)
    .filter(entry => entry.isFile());
  return files.map(({parentPath, name}) =>
    path.relative(PACKAGE_DIR, path.join(parentPath, name)),
  );
}

function memoryHost(config: object): string {
  const auth = {secret: 'a secret for nothing but this test', issuer: 'test'};
  return `
    const {RepositoryMixin, juggler} = require('@loopback/repository');
    const {RestApplication} = require('@loopback/rest');
    const {ChatServiceBindings, ChatServiceComponent} = require('loopback4-chat');
    async function main() {
      const rest = {port: 0, host: '127.0.0.1'};
      const app = new (RepositoryMixin(RestApplication))({rest});
      app.dataSource(new juggler.DataSource({name: 'chatDb', connector: 'memory'}));
      app.bind(ChatServiceBindings.Config).to(${JSON.stringify({auth, ...config})});
      app.component(ChatServiceComponent);
      await app.start();
      await app.stop();
      console.log('started');
    }
    main();`;
}

const CONSUMER = `
import {
  CHAT_ERRORS,
  ChatError,
  ChatServiceBindings,
  DEFAULTS,
  ORDINARY_PERMISSIONS,
  type ChatErrorCode,
  type ChatServiceConfig,
  type MessageService,
} from 'loopback4-chat';
import {connectChat} from 'loopback4-chat/client';
import {ChatEvent, decodeMessage, type WireMessage} from 'loopback4-chat/protocol';

export const config: ChatServiceConfig = {
  messages: {maxTextLength: DEFAULTS.messages.maxTextLength},
};
export const code: ChatErrorCode = 'CHAT_NOT_FOUND';
export const status: number = CHAT_ERRORS[code].statusCode;
export const error: Error = new ChatError(code);
export const event: string = ChatEvent.MessageText;
export const message: WireMessage = decodeMessage(new Uint8Array());
export const send = (service: MessageService) =>
  service.send({id: 'ann', permissions: ORDINARY_PERMISSIONS}, {body: 'Hello'});
export const key: string = ChatServiceBindings.Config.key;
export const read = (chat: ReturnType<typeof connectChat>) =>
  chat.on('message', ({channelId, seq}) => void chat.markRead(channelId, seq));
`;
