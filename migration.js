'use strict';

// npm runs this when the package is installed. It does nothing, and loads
// nothing, unless the host's environment or .env asks for it.

const {loadEnvFiles} = require('./bin/env-files');

const ASKED_BY = {
  up: ['CHAT_MIGRATION', 'SOURCELOOP_MIGRATION'],
  copy: ['CHAT_MIGRATION_COPY', 'SOURCELOOP_MIGRATION_COPY'],
};

const isOn = name => !['', '0', 'false'].includes(process.env[name] ?? '');

async function install(root) {
  loadEnvFiles(root);
  for (const [command, names] of Object.entries(ASKED_BY)) {
    if (!names.some(isOn)) continue;
    const {migrate} = require('./bin/migrate');
    process.exitCode ||= await migrate(command, root);
  }
}

const root = process.env.INIT_CWD ?? process.cwd();
// Installing what this package itself needs is not installing it in a host.
if (root !== __dirname) void install(root);
