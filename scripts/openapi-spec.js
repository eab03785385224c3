// Makes openapi.json and openapi.md from the component as it runs. With
// --check it writes nothing and fails when a checked-in one is stale.
'use strict';
const fs = require('fs');
const path = require('path');
const {RepositoryMixin, juggler} = require('@loopback/repository');
const {RestApplication} = require('@loopback/rest');
const {ChatServiceBindings, ChatServiceComponent} = require('..');
const {toMarkdown} = require('./openapi-markdown');
const pkg = require('../package.json');

async function runningSpec() {
  const app = new (RepositoryMixin(RestApplication))();
  app.dataSource(new juggler.DataSource({name: 'chatDb', connector: 'memory'}));
  const auth = {secret: 'only to start the component with', issuer: 'docs'};
  app.bind(ChatServiceBindings.Config).to({auth});
  app.component(ChatServiceComponent);
  await app.init();
  const {info, servers, ...spec} = await app.restServer.getApiSpec();
  return sorted({
    ...spec,
    info: {
      title: pkg.name,
      version: pkg.version,
      description: pkg.description,
      license: {name: pkg.license},
    },
    servers: [{url: '/'}],
  });
}

/** Keys in the order of the alphabet, so that only changes show. */
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map(key => [key, sorted(value[key])]));
}

async function main() {
  const spec = await runningSpec();
  const files = {
    'openapi.json': JSON.stringify(spec, null, 2) + '\n',
    'openapi.md': toMarkdown(spec),
  };
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(__dirname, '..', name);
    if (!process.argv.includes('--check')) {
      fs.writeFileSync(file, text);
    } else if (!fs.existsSync(file) || fs.readFileSync(file, 'utf8') !== text) {
      throw new Error(`${name} is stale: run npm run openapi-spec`);
    }
  }
}

main().catch(err => {
  console.error(err.message);
  process.exitCode = 1;
});
