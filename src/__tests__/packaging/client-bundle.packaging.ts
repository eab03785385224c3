import {expect} from '@loopback/testlab';
import {build, type Metafile} from 'esbuild';
import {builtinModules} from 'module';
import path from 'path';
import vm from 'vm';
import {gzipSync} from 'zlib';
import {PACKAGE_DIR, readText} from './markdown';

/** A little over what it has; most of it is socket.io's and protobuf's. */
const MAX_BYTES = 240_000;
const MAX_GZIPPED_BYTES = 60_500;

/** What browsers have that the language has not. */
const BROWSER_GLOBALS = {
  ...{URL, TextDecoder, TextEncoder, AbortController, AbortSignal},
  ...{Blob, FormData, fetch, atob, crypto: globalThis.crypto},
  ...{setTimeout, clearTimeout, setInterval, clearInterval, performance},
  ...{WebSocket: class {}, XMLHttpRequest: class {}},
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
  navigator: {},
};

describe('the client, bundled for browsers', function (this: Mocha.Suite) {
  this.timeout(60_000);
  let text: string;
  let inputs: string[];
  let imports: string[];

  before(async () => {
    const bundle = await build({
      entryPoints: [path.join(PACKAGE_DIR, 'dist/client/index.js')],
      ...{bundle: true, minify: true, write: false, metafile: true},
      ...{platform: 'browser', format: 'iife', globalName: 'chat'},
      absWorkingDir: PACKAGE_DIR,
      logLevel: 'silent',
    });
    text = bundle.outputFiles[0].text;
    inputs = Object.keys(bundle.metafile.inputs);
    imports = importsOf(bundle.metafile);
    expect(bundle.warnings).to.be.empty();
  });

  it('has nothing of Node.js in it', () => {
    const names = builtinModules.flatMap(name => [name, `node:${name}`]);
    expect(imports.filter(name => names.includes(name))).to.be.empty();
    expect(imports).to.be.empty();
    for (const name of inputs.filter(each => each.startsWith('dist/'))) {
      expect(readText(name)).to.not.match(/\b(Buffer|process)\./);
    }
  });

  it('has nothing of LoopBack or of the server in it', () => {
    const packages = inputs
      .filter(name => name.includes('node_modules/'))
      .map(name =>
        name.replace(/^.*node_modules\/((@[^/]+\/)?[^/]+).*$/, '$1'),
      );
    expect([...new Set(packages)].sort()).to.eql([
      ...['@socket.io/component-emitter', 'debug', 'engine.io-client'],
      ...['engine.io-parser', 'long', 'ms', 'protobufjs'],
      ...['socket.io-client', 'socket.io-parser'],
    ]);
    const own = inputs.filter(name => name.startsWith('dist/'));
    const known = /^dist\/(client\/|protocol\/|errors\.js$)/;
    expect(own.filter(name => !known.test(name))).to.be.empty();
  });

  it('is small', () => {
    expect(text.length).to.be.below(MAX_BYTES);
    expect(gzipSync(text).length).to.be.below(MAX_GZIPPED_BYTES);
  });

  it('runs where there is nothing but a browser, and prints nothing', () => {
    const printed: unknown[] = [];
    const print = (...args: unknown[]) => printed.push(args);
    const console = {log: print, warn: print, error: print, debug: print};
    const globals: Record<string, unknown> = {...BROWSER_GLOBALS, console};
    globals.window = globals.self = globals;
    const context = vm.createContext(globals);
    vm.runInContext(text, context);
    const answer = vm.runInContext(
      `const client = chat.connectChat({url: 'https://h', token: 'x'});
       const bytes = chat.setMessageTextToProto({id: 'a', text: 'Hi 🌍'});
       const {text} = chat.getMessageTextFromProto(bytes);
       const sending = client.sendText({to: {user: 'bob'}, text});
       sending.catch(() => undefined);
       client.close();
       JSON.stringify({state: client.state, text, id: sending.id.length});`,
      context,
    );
    expect(JSON.parse(answer)).to.eql({
      ...{state: 'closed', text: 'Hi 🌍', id: 36},
    });
    expect(printed).to.be.empty();
  });
});

function importsOf({inputs, outputs}: Metafile): string[] {
  return [...Object.values(inputs), ...Object.values(outputs)]
    .flatMap(each => each.imports)
    .filter(({external}) => external)
    .map(each => each.path);
}
