import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { PAGE_CSP } from './csp.mjs';
import { TEXT as GUARDIAN_TEXT } from './src/guardian/text.js';
import { TEXT as MESSENGER_TEXT } from './src/messenger/text.js';
import { PAGES } from './src/pages.js';
import { TEXT } from './src/text.js';

const HERE = dirname(fileURLToPath(import.meta.url));
/** The package as it is published: a folder with `package.json` and `dist/`. */
const PACKAGE = resolve(process.env['PAUSEPOINT_PACKAGE'] ?? join(HERE, '../pkg-config'));
const OUT = join(HERE, 'dist');

/** Each page's strings. */
const TEXTS: Record<string, object> = { 'index.html': MESSENGER_TEXT, 'playground.html': TEXT, 'guardian.html': GUARDIAN_TEXT };

/**
 * Puts the file `parts/name.html` where a page says `{{> name}}`, and the strings of the page's `text.ts` where it says
 * `{{their.name}}`, so that it can be read before any script runs. `{{current file}}` marks the link to the page itself.
 */
function pageText(): Plugin {
  return {
    name: 'page-text',
    transformIndexHtml: {
      order: 'pre',
      handler: (html, { filename }) => {
        const texts = TEXTS[basename(filename)];
        if (texts === undefined) throw new Error(`no texts for ${filename}`);
        return whole(html)
          .replace(/\{\{current ([\w.]+)\}\}/g, (_, name: string) => (name === basename(filename) ? ' aria-current="page"' : ''))
          .replace(/\{\{([\w.]+)\}\}/g, (_, name: string) => lookUp({ ...texts, pages: PAGES }, name));
      },
    },
  };
}

/** A page with its parts in it, and theirs in them. */
function whole(html: string): string {
  return html.replace(/\{\{> (\w+)\}\}/g, (_, name: string) => whole(readFileSync(join(HERE, `parts/${name}.html`), 'utf8').trim()));
}

/** The string of a dotted name like `hero.title`, escaped for the page. */
function lookUp(texts: object, name: string): string {
  let value: unknown = texts;
  for (const key of name.split('.')) value = (value as Record<string, unknown> | undefined)?.[key];
  if (typeof value !== 'string') throw new Error(`no text named ${name}`);
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/** The policy in the page itself, for servers that send none. Not while developing, which needs inline styles. */
function pagePolicy(): Plugin {
  return {
    name: 'page-policy',
    apply: 'build',
    transformIndexHtml: () => [
      { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: PAGE_CSP }, injectTo: 'head-prepend' },
    ],
  };
}

/** Licences of what others made and the site carries along, by the name that it has here. */
const LICENCES = {
  'LICENSE-nsfwjs.txt': join(PACKAGE, 'dist/models/LICENSE-nsfwjs.txt'),
  'LICENSE-idb-keyval.txt': join(PACKAGE, 'dist/LICENSE-idb-keyval.txt'),
  'LICENSE-uqr.txt': join(HERE, '../node_modules/uqr/LICENSE'),
  'LICENSES-wasm.txt': join(PACKAGE, 'dist/wasm/LICENSES.txt'),
};

/** What the messenger says more about than fits into it. As text, which every browser shows. */
const DOCS = Object.fromEntries(['protect', 'messages', 'metadata', 'policies'].map((name) => [`docs-${name}.txt`, join(HERE, `../docs/${name}.md`)]));

/** Carries them along: licences ask for it, and the page works without a network. */
function texts(): Plugin {
  return {
    name: 'texts',
    apply: 'build',
    generateBundle() {
      for (const [fileName, path] of Object.entries({ ...LICENCES, ...DOCS })) this.emitFile({ type: 'asset', fileName, source: readFileSync(path) });
    },
  };
}

/** Tells the service worker which files this build has, and gives it a version that changes when any of them does. */
function fileList(): Plugin {
  return {
    name: 'file-list',
    apply: 'build',
    writeBundle: {
      // After the files of public/ are there as well.
      order: 'post',
      sequential: true,
      handler() {
        const files = readdirSync(OUT, { recursive: true })
          .map((name) => String(name).replaceAll('\\', '/'))
          .filter((name) => name !== 'sw.js' && statSync(join(OUT, name)).isFile())
          .sort();
        const version = createHash('sha256');
        const sw = readFileSync(join(OUT, 'sw.js'), 'utf8');
        for (const part of [sw, ...files.flatMap((name) => [name, readFileSync(join(OUT, name))])]) version.update(part);

        // The page is asked for as a folder, which every server answers without a redirect.
        const addresses = files.map((name) => (name === 'index.html' ? './' : `./${name}`));
        const isOptional = (address: string) => /\/small-[^/]+\.ppmodel$/.test(address);
        const build = {
          version: version.digest('hex').slice(0, 16),
          ahead: addresses.filter((address) => !isOptional(address)),
          onUse: addresses.filter(isOptional),
        };
        writeFileSync(join(OUT, 'sw.js'), `const BUILD=${JSON.stringify(build)};\n${sw}`);
      },
    },
  };
}

export default defineConfig({
  root: HERE,
  // Works from any folder of any server.
  base: './',
  resolve: {
    alias: [
      { find: /^pausepoint$/, replacement: join(PACKAGE, 'dist/index.js') },
      { find: /^pausepoint\/(contact|guardian|messages|metadata|protect|store)$/, replacement: join(PACKAGE, 'dist/$1.js') },
    ],
  },
  plugins: [pageText(), pagePolicy(), texts(), fileList()],
  css: { transformer: 'lightningcss' },
  worker: { format: 'es' },
  server: { host: '127.0.0.1', fs: { allow: [HERE, PACKAGE] } },
  build: {
    outDir: OUT,
    emptyOutDir: true,
    target: ['chrome111', 'firefox114', 'safari16.4'],
    // The policy forbids data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { index: join(HERE, 'index.html'), playground: join(HERE, 'playground.html'), guardian: join(HERE, 'guardian.html'), sw: join(HERE, 'src/sw.ts') },
      output: {
        // A service worker's address must stay the same from build to build.
        entryFileNames: (chunk) => (chunk.name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
});
