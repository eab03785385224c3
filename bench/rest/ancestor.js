// `@sourceloop/chat-service` as a host of HS256 tokens runs it.
'use strict';
const {execFileSync} = require('child_process');
const fs = require('fs');
const {createRequire} = require('module');
const os = require('os');
const path = require('path');
const {withPool} = require('./data');

const PACKAGE = '@sourceloop/chat-service';
const VERSION = '17.0.6';
const FOLDER = path.join(os.tmpdir(), 'loopback4-chat-bench', VERSION);
// The newest that runs on Node 20, and the one that ours has.
const REPOSITORY = '@loopback/repository@8.0.11';

const fromFolder = createRequire(path.join(FOLDER, 'package.json'));
const fileOf = (name, file) =>
  path.join(FOLDER, 'node_modules', ...name.split('/'), file);

function versionOf(name) {
  const file = fileOf(name, 'package.json');
  if (!fs.existsSync(file)) return undefined;
  return JSON.parse(fs.readFileSync(file, 'utf8')).version;
}

/** Installs the ancestor and what it needs, unless it is there already. */
function install() {
  if (versionOf(PACKAGE) === VERSION) return;
  console.log(`Installing ${PACKAGE}@${VERSION} into ${FOLDER} ...`);
  fs.mkdirSync(FOLDER, {recursive: true});
  fs.writeFileSync(path.join(FOLDER, 'package.json'), '{"private": true}\n');
  execFileSync(
    'npm',
    [
      ...['install', '--ignore-scripts', '--no-audit', '--no-fund'],
      ...['--loglevel=error', '--save-exact'],
      ...[`${PACKAGE}@${VERSION}`, REPOSITORY],
    ],
    {cwd: FOLDER, stdio: 'inherit'},
  );
}

/** Runs its own installed migration. */
async function migrate({database}) {
  const folder = fileOf(PACKAGE, 'migrations/pg/migrations/sqls');
  const files = fs.readdirSync(folder).filter(name => /-up\.sql$/.test(name));
  await withPool(database, async pool => {
    for (const file of files.sort()) {
      await pool.query(fs.readFileSync(path.join(folder, file), 'utf8'));
    }
  });
}

/** A host with the ancestor's own sequence, which asks for token and keys. */
async function makeApp(rest, settings) {
  const {BootMixin} = fromFolder('@loopback/boot');
  const {RepositoryMixin, juggler} = fromFolder('@loopback/repository');
  const {RestApplication} = fromFolder('@loopback/rest');
  const core = fromFolder('@sourceloop/core');
  const {AuthenticationComponent} = fromFolder('loopback4-authentication');
  const authorization = fromFolder('loopback4-authorization');
  const {ChatServiceBindings, ChatServiceComponent} = fromFolder(PACKAGE);

  const app = new (BootMixin(RepositoryMixin(RestApplication)))({rest});
  app.projectRoot = __dirname;
  const chatDb = {name: 'chatDb', connector: 'postgresql', schema: 'main'};
  app.dataSource(new juggler.DataSource({...chatDb, ...settings}));
  // What it sets up by itself is the same with RS256 and a key in a table.
  app.bind(ChatServiceBindings.Config).to({useCustomSequence: true});
  app.component(ChatServiceComponent);
  app.sequence(core.ServiceSequence);
  app.component(AuthenticationComponent);
  app.bind(core.BearerVerifierBindings.Config).to({
    authServiceUrl: '',
    type: core.BearerVerifierType.service,
    useSymmetricEncryption: true,
  });
  app.component(core.BearerVerifierComponent);
  app
    .bind(authorization.AuthorizationBindings.CONFIG)
    .to({allowAlwaysPaths: ['/explorer']});
  app.component(authorization.AuthorizationComponent);
  await app.boot();
  return app;
}

module.exports = {PACKAGE, install, makeApp, migrate, versionOf};
