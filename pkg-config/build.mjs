// Makes the package's `dist` from the staging directory and the TypeScript in `ts`:
//
//   node pkg-config/build.mjs [--stage DIR] [--out DIR]
//
// The staging directory holds what comes from Rust: wasm/NAME/ as wasm-bindgen writes them
// (`--target web`) and models/. `cargo xtask build` makes it and calls this.

import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';

const HERE = dirname(fileURLToPath(import.meta.url));
const TS = join(HERE, 'ts');

/** The WebAssembly builds: `Build` in ts/worker/protocol.ts, `HashBuild` in ts/hash/build.ts, those of contacts and of metadata. */
const BUILDS = ['relaxed', 'simd128', 'portable', 'hash-simd128', 'hash-portable', 'contact', 'metadata'];
/** Licences of the crates in the module. */
const NOTICES = join('wasm', 'LICENSES.txt');
/** Licences of the libraries in the scripts: where they are from the library's entry, and what they are called here. */
const SCRIPT_NOTICES = [['idb-keyval', '../LICENCE', 'LICENSE-idb-keyval.txt']];
/** Language packs. */
const PACKS = ['en', 'es', 'de', 'fr'].map((language) => `${language}.pppack`);
const MODELS = ['mid.ppmodel', 'small.ppmodel', 'LICENSE-nsfwjs.txt'];
/** JSON Schemas of what others write: policies, profiles, facts about contacts. */
const SCHEMAS = ['policy.schema.json', 'profile.schema.json', 'contact-facts.schema.json'];
/** Age bands whose preset is published as a file. */
const PRESETS = ['under-13', '13-15', '16-17', 'adult'];

const BROWSER_ENTRIES = {
  index: 'client/index.ts',
  worker: 'worker/worker.ts',
  hash: 'hash/index.ts',
  'hash-worker': 'hash/worker.ts',
  store: 'store/index.ts',
  contact: 'contact/index.ts',
  messages: 'messages/index.ts',
  guardian: 'guardian/index.ts',
  'guardian-worker': 'guardian/worker.ts',
  kit: 'kit/index.ts',
  protect: 'protect/index.ts',
  react: 'react/index.ts',
  metadata: 'metadata/index.ts',
  'metadata-worker': 'metadata/worker.ts',
  elements: 'elements/index.ts',
};
const NODE_ENTRIES = {
  node: 'node/index.ts',
  'node-worker': 'node/node-worker.ts',
  'node-hash': 'hash/node.ts',
  'node-store': 'store/node.ts',
  'node-contact': 'contact/node.ts',
  'node-messages': 'messages/node.ts',
  'node-guardian': 'guardian/node.ts',
  'node-metadata': 'metadata/node.ts',
  cli: 'cli/main.ts',
};
/** Whose types are published. */
const TYPED = ['client/index', 'node/index', 'hash/index', 'hash/node', 'store/index', 'store/node', 'contact/index', 'contact/node', 'messages/index', 'messages/node', 'guardian/index', 'guardian/node', 'kit/index', 'metadata/index', 'metadata/node', 'elements/index', 'protect/index', 'react/index', 'vue/index', 'svelte/index'];

/** What the package is written for; see “Browsers” in README.md. */
const TARGET = ['chrome100', 'firefox114', 'safari15.4', 'node20'];

/** What of the glue the guard's worker needs, and contacts, conversations, guardian settings, the hasher, and metadata. */
const GLUE = {
  'pausepoint-glue': 'Engine, Film, initSync, warmUp',
  'pausepoint-contact-glue': 'Contacts, initSync, preset, profile, profiles',
  'pausepoint-messages-glue': 'Messages, draftPack, initSync, inspectPack',
  'pausepoint-guardian-glue': 'Guardianship, answerRequest, initSync, randomBytes, readRequest',
  'pausepoint-hash-glue': 'Digester, HashList, compareVideos, defaultLimits, draftList, hashPicture, hashPixels, initSync, inspectList',
  'pausepoint-metadata-glue': 'initSync, maxBytes, scan, strip',
};

/** The builds that each kind of glue is for. */
const BUILDS_OF = {
  'pausepoint-glue': ['relaxed', 'simd128', 'portable'],
  'pausepoint-contact-glue': ['contact'],
  'pausepoint-messages-glue': ['contact'],
  'pausepoint-guardian-glue': ['contact'],
  'pausepoint-hash-glue': ['hash-simd128', 'hash-portable'],
  'pausepoint-metadata-glue': ['metadata'],
};

/** Turns wasm-bindgen's glue into a function, since a module can hold only one instance and is only run once. */
export function gluePlugin(stage) {
  return {
    name: 'pausepoint-glue',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^pausepoint-(hash-|contact-|messages-|guardian-|metadata-)?glue$/ }, ({ path }) => ({ path, namespace: 'pausepoint-glue' }));
      onLoad({ filter: /.*/, namespace: 'pausepoint-glue' }, async ({ path: kind }) => {
        const directories = BUILDS_OF[kind].map((name) => join(stage, 'wasm', name));
        const [text, ...others] = directories.map((directory) => readFileSync(join(directory, 'pausepoint.js'), 'utf8'));
        // The same interface gives the same glue, so that it need not be sent three times.
        if (others.some((other) => other !== text)) throw new BuildError(`The builds' glue differs: ${BUILDS_OF[kind].join(', ')}`);
        const result = await build({
          stdin: { contents: `export { ${GLUE[kind]} } from './pausepoint.js';`, resolveDir: directories[0] },
          bundle: true,
          write: false,
          format: 'iife',
          globalName: 'glue',
          target: TARGET,
          define: {
            // Only the default loader asks where it is, and it is not used.
            'import.meta.url': 'undefined',
            // Engines live as long as their instance. A finaliser would call into one that has trapped.
            FinalizationRegistry: 'undefined',
          },
          logLevel: 'warning',
        });
        return { contents: `export function createGlue() {\n${result.outputFiles[0].text}\nreturn glue;\n}`, loader: 'js' };
      });
    },
  };
}

/**
 * What the entries `protect` and `react` have from other entries they ask them for, so that nothing is sent twice. Folders of
 * `ts`, and the script that each is made into.
 */
const BESIDE = { client: './index.js', metadata: './metadata.js', protect: './protect.js' };

const besidePlugin = {
  name: 'pausepoint-beside',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.\/(client|metadata|protect)\/index\.js$/ }, ({ path, importer }) =>
      ['protect', 'react'].some((entry) => importer.startsWith(join(TS, entry))) ? { path: BESIDE[path.split('/')[1]], external: true } : null);
  },
};

async function main() {
  const { values } = parseArgs({ options: { stage: { type: 'string' }, out: { type: 'string' } } });
  const stage = resolve(values.stage ?? join(HERE, '../target/stage'));
  const out = resolve(values.out ?? join(HERE, 'dist'));

  requireStaged(stage);
  // Nothing of an earlier build may stay, and nothing of anybody else's may go.
  const scripts = [...Object.keys(BROWSER_ENTRIES), ...Object.keys(NODE_ENTRIES)].map((name) => `${name}.js`);
  for (const name of [...scripts, ...SCRIPT_NOTICES.map(([, , to]) => to), 'types', 'wasm', 'models', 'packs', 'schemas', 'policies']) rmSync(join(out, name), { recursive: true, force: true });

  await bundle(stage, out);
  copy(BUILDS.map((name) => [join(stage, 'wasm', name, 'pausepoint_bg.wasm'), join(out, 'wasm', `${name}.wasm`)]));
  copy([[join(stage, NOTICES), join(out, NOTICES)]]);
  const { resolve: entryOf } = createRequire(import.meta.url);
  copy(SCRIPT_NOTICES.map(([name, path, to]) => [join(dirname(entryOf(name)), path), join(out, to)]));
  copy(MODELS.map((name) => [join(stage, 'models', name), join(out, 'models', name)]));
  copy(PACKS.map((name) => [join(stage, 'packs', name), join(out, 'packs', name)]));
  copy(SCHEMAS.map((name) => [join(HERE, 'schemas', name), join(out, 'schemas', name)]));
  await writePresets(out);
  emitTypes(out);
  printSizes(out);
}

function requireStaged(stage) {
  const wanted = [
    ...BUILDS.flatMap((name) => [join('wasm', name, 'pausepoint.js'), join('wasm', name, 'pausepoint_bg.wasm')]),
    ...MODELS.map((name) => join('models', name)),
    ...PACKS.map((name) => join('packs', name)),
    NOTICES,
  ];
  const missing = wanted.filter((name) => !existsSync(join(stage, name)));
  if (missing.length > 0) {
    throw new BuildError(
      `The staging directory ${relative(process.cwd(), stage) || '.'} lacks:\n` +
        `${missing.map((name) => `  ${name}\n`).join('')}` +
        '`cargo xtask build` makes it and then this package.',
    );
  }
}

async function bundle(stage, out) {
  const common = {
    outdir: out,
    bundle: true,
    format: 'esm',
    target: TARGET,
    minify: true,
    legalComments: 'none',
    plugins: [gluePlugin(stage), besidePlugin],
    logLevel: 'warning',
  };
  const from = (entries) => Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, join(TS, path)]));
  // The app's own, of which there must be one only.
  await build({ ...common, platform: 'browser', entryPoints: from(BROWSER_ENTRIES), external: ['react'] });
  await build({ ...common, platform: 'node', entryPoints: from(NODE_ENTRIES) });
  chmodSync(join(out, 'cli.js'), 0o755);
}

function copy(pairs) {
  for (const [from, to] of pairs) {
    mkdirSync(dirname(to), { recursive: true });
    copyFileSync(from, to);
  }
}

// The engine that was just built says what its presets are, so that the files cannot differ from it.
async function writePresets(out) {
  const { createContacts } = await import(pathToFileURL(join(out, 'node-contact.js')).href);
  const contacts = await createContacts();
  mkdirSync(join(out, 'policies'), { recursive: true });
  for (const band of PRESETS) writeFileSync(join(out, 'policies', `${band}.json`), `${JSON.stringify(contacts.preset(band), null, 2)}\n`);
}

function emitTypes(out) {
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
  const args = ['-p', join(HERE, 'tsconfig.types.json'), '--outDir', join(out, 'types')];
  try {
    execFileSync(process.execPath, [tsc, ...args], { stdio: 'inherit' });
  } catch {
    throw new BuildError('The TypeScript does not compile; see above.');
  }
  removeInner(join(out, 'types'));
}

// The compiler describes every module; only those that the entries mention are anybody's business.
function removeInner(types) {
  const mentioned = new Set();
  const visit = (file) => {
    if (mentioned.has(file)) return;
    mentioned.add(file);
    for (const [, path] of readFileSync(file, 'utf8').matchAll(/(?:from|import) '(\.[^']+)\.js'/g)) {
      visit(join(dirname(file), `${path}.d.ts`));
    }
  };
  for (const entry of TYPED) visit(join(types, `${entry}.d.ts`));
  for (const name of readdirSync(types, { recursive: true }).map(String)) {
    if (name.endsWith('.d.ts') && !mentioned.has(join(types, name))) rmSync(join(types, name));
  }
}

function printSizes(out) {
  const files = readdirSync(out, { recursive: true }).map(String).sort();
  for (const name of files.filter((name) => /\.(js|wasm|ppmodel)$/.test(name))) {
    const { size } = statSync(join(out, name));
    // Compressing a model takes many seconds, and its size is the converter's business.
    const sent = name.endsWith('.ppmodel') ? '' : `${brotliCompressSync(readFileSync(join(out, name))).length}`;
    console.log(`${name.padEnd(24)}${String(size).padStart(10)} bytes${sent && `${sent.padStart(10)} with brotli`}`);
  }
}

class BuildError extends Error {}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
