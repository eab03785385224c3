// Who may import whom; the rooms are explained in CONTRIBUTING.md. Tests may
// import anything.
'use strict';

const TESTS = '^src/__tests__/';
const root = names => `^src/(${names.join('|')})\\.ts$`;

/** What each room may import besides itself; `files` are those beside index.ts. */
const ROOMS = {
  models: {},
  repositories: {rooms: ['models']},
  protocol: {files: ['errors']},
  storage: {files: ['keys', 'config']},
  media: {files: ['errors']},
  client: {rooms: ['protocol'], files: ['errors']},
  services: {
    rooms: ['repositories', 'models', 'storage', 'media'],
    files: ['errors', 'permissions', 'keys', 'types', 'config', 'env'],
  },
  controllers: {
    rooms: ['services', 'models'],
    files: ['errors', 'permissions', 'keys', 'types'],
  },
  rest: {
    rooms: ['services', 'controllers'],
    files: ['errors', 'permissions', 'keys', 'types', 'config', 'log-fault'],
  },
  redis: {rooms: ['services'], files: ['keys', 'config', 'env']},
  realtime: {
    rooms: ['services', 'protocol'],
    files: ['errors', 'permissions', 'keys', 'types', 'config', 'log-fault'],
  },
};

/** What each file beside index.ts may import; component and index: anything. */
const FILES = {
  errors: [],
  permissions: [],
  types: [],
  env: [],
  config: ['default-config'],
  'config-schema': [],
  'default-config': [],
  'resolve-config': ['config', 'config-schema', 'default-config'],
  'log-fault': ['types'],
  'logger.provider': ['keys', 'env', 'types'],
  'safe-logger.provider': ['keys', 'types'],
};

/** Each library is used in one place, so that it can be changed in one place. */
const PLACES = {
  '@aws-sdk/[^/]+': 'storage/',
  '@fastify/busboy': 'rest/',
  ajv: 'resolve-config\\.ts$',
  'db-migrate[^/]*': 'repositories/migration/',
  'file-type': 'media/',
  ioredis: 'redis/',
  jose: 'services/identity/token\\.service\\.ts$',
  'prom-client': 'services/cache/cache-counter\\.ts$',
  protobufjs: 'protocol/',
  'proxy-addr': 'realtime/limits/',
  '(@loopback/)?sequelize': 'repositories/sequelize/',
  'socket\\.io': 'realtime/',
  'socket\\.io-adapter': 'realtime/',
  'socket\\.io-client': 'client/',
  'socket\\.io-parser': 'realtime/',
  sharp: 'media/',
  winston: 'logger\\.provider\\.ts$',
};

const forbid = (name, comment, from, to) => ({
  ...{name, comment, severity: 'error'},
  ...{from, to},
});

const roomRules = Object.entries(ROOMS).map(
  ([name, {rooms = [], files = []}]) =>
    forbid(
      `room-${name}`,
      `${name}/ imports of ours only: ${[...rooms, ...files].join(', ') || '-'}`,
      {path: `^src/${name}/`},
      {
        path: '^src/',
        pathNot: [name, ...rooms].map(r => `^src/${r}/`).concat(root(files)),
      },
    ),
);

const fileRules = Object.entries(FILES).map(([name, files]) =>
  forbid(
    `file-${name}`,
    `${name}.ts imports of ours only: ${files.join(', ') || '-'}`,
    {path: root([name.replace('.', '\\.')])},
    {path: '^src/', pathNot: root(files)},
  ),
);

const libraryRules = Object.entries(PLACES).map(([library, place]) =>
  forbid(
    `one-place-${library.replace(/[^a-z-]/g, '')}`,
    `used in src/${place} only`,
    {
      path: '^src/',
      // The flavour is chosen there; it may name the types of both.
      pathNot: [TESTS, `^src/${place}`, '^src/repositories/flavour\\.ts$'],
    },
    {path: `(^|/)node_modules/${library}/`},
  ),
);

const NOT_TYPES = {dependencyTypesNot: ['type-only', 'type-import']};

module.exports = {
  forbidden: [
    ...roomRules,
    ...fileRules,
    ...libraryRules,
    forbid(
      'one-place-sequelize-types',
      'Sequelize is an optional peer: outside its flavour only its types',
      {path: '^src/repositories/flavour\\.ts$'},
      {path: 'node_modules/(@loopback/)?sequelize/', ...NOT_TYPES},
    ),
    forbid(
      'keys-types-only',
      'keys.ts names types of every room and loads none',
      {path: root(['keys'])},
      {path: '^src/', ...NOT_TYPES},
    ),
    forbid(
      'settings-are-injected',
      'config and env come by injection; elsewhere only their types are named',
      {
        path: '^src/',
        pathNot: [TESTS, root(['component', 'index', 'resolve-config'])],
      },
      {path: root(['config', 'default-config', 'env']), ...NOT_TYPES},
    ),
    forbid(
      'nobody-imports-the-roof',
      'component.ts and index.ts put the rooms together',
      {path: '^src/', pathNot: [TESTS, root(['component', 'index'])]},
      {
        path: root([
          'component',
          'index',
          'logger\\.provider',
          'resolve-config',
        ]),
      },
    ),
    forbid(
      'no-file-system',
      'files are read and written by the local storage, and put aside for programs; a ' +
        'certificate is read for Redis',
      {
        path: '^src/',
        pathNot: [TESTS, '^src/storage/local', '^src/media/file-aside'].concat(
          '^src/redis/redis-options',
        ),
      },
      {path: '^(node:)?fs(/|$)', dependencyTypes: ['core']},
    ),
    forbid(
      'no-tests-in-source',
      'what is shipped does not import tests',
      {path: '^src/', pathNot: TESTS},
      {path: [TESTS, '^(example|bench)/']},
    ),
    forbid(
      'no-circle',
      'type-only imports are gone when the program runs; models name each ' +
        'other in relations, which are resolved late',
      {pathNot: '^src/models/'},
      {circular: true, viaOnly: NOT_TYPES},
    ),
    forbid(
      'no-dev-dependency',
      'a host does not have our devDependencies',
      {path: '^src/', pathNot: TESTS},
      {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['npm', 'npm-peer', 'npm-optional'],
      },
    ),
    forbid(
      'no-undeclared',
      'what is imported is in package.json',
      {path: '^src/'},
      {
        dependencyTypes: ['npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['npm', 'npm-peer', 'npm-optional', 'npm-dev'],
      },
    ),
    forbid('no-unresolvable', 'it is not there', {}, {couldNotResolve: true}),
    forbid(
      'no-deprecated',
      'its authors say to use another',
      {path: '^src/'},
      {dependencyTypes: ['deprecated']},
    ),
  ],
  options: {
    doNotFollow: {path: 'node_modules'},
    tsPreCompilationDeps: true,
    tsConfig: {fileName: 'tsconfig.json'},
  },
};
