// Makes src/protocol/chat.pb.{js,d.ts} from chat.proto. With --check it writes
// nothing and fails when what is checked in is not what it would make.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const {promisify} = require('util');
const pbjs = promisify(require('protobufjs-cli').pbjs.main);
const pbts = promisify(require('protobufjs-cli').pbts.main);

const protocolDir = path.join(__dirname, '../src/protocol');
const OPTIONS = [
  ...['--target', 'static-module', '--wrap', 'commonjs'],
  ...['--root', 'loopback4chat', '--force-number', '--no-service'],
  ...['--no-convert', '--no-create', '--no-delimited', '--no-typeurl'],
];

async function generate() {
  const workDir = fs.mkdtempSync(path.join(os.tmpdir(), 'chat-protocol-'));
  try {
    const proto = path.join(protocolDir, 'chat.proto');
    const commented = path.join(workDir, 'commented.js');
    // The type generator reads the comments that the shipped code goes without.
    await pbjs([...OPTIONS, '--out', commented, proto]);
    return {
      'chat.pb.js': await pbjs([...OPTIONS, '--no-comments', proto]),
      'chat.pb.d.ts': withoutLong(await pbts([commented])),
    };
  } finally {
    fs.rmSync(workDir, {recursive: true});
  }
}

/** Numbers are plain ones (`--force-number`), so `long` need not be installed. */
function withoutLong(types) {
  return types.replace('import Long = require("long");\n', '');
}

async function main() {
  for (const [name, text] of Object.entries(await generate())) {
    const file = path.join(protocolDir, name);
    if (!process.argv.includes('--check')) {
      fs.writeFileSync(file, text);
    } else if (fs.readFileSync(file, 'utf8') !== text) {
      throw new Error(`${name} is stale: run npm run protocol`);
    }
  }
}

main().catch(err => {
  console.error(err.message);
  process.exitCode = 1;
});
