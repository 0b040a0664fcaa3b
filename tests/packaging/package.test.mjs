// The packed package as others install it: its files, its command, its types, a bundler.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import test, { after, before } from 'node:test';
import { brotliCompressSync } from 'node:zlib';

import { harbour, root } from '../support/paths.mjs';

const require = createRequire(import.meta.url);
const tarball = readdirSync(join(root, 'target/pack')).find((name) => name.endsWith('.tgz'));
const project = mkdtempSync(join(tmpdir(), 'pausepoint-install-'));
const installed = join(project, 'node_modules/pausepoint');

before(() => {
  writeFileSync(join(project, 'package.json'), '{ "name": "consumer", "private": true, "type": "module" }');
  // The package has no dependencies, so that its own file is all that an installation needs.
  const { status, stderr } = spawnSync('npm', ['install', '--offline', '--no-audit', '--no-fund', join(root, 'target/pack', tarball)], { cwd: project, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
});
after(() => rmSync(project, { recursive: true }));

function files(folder, prefix = '') {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? files(join(folder, entry.name), `${prefix}${entry.name}/`) : `${prefix}${entry.name}`);
}

test('it holds what it should and nothing else', () => {
  const names = files(installed).filter((name) => !/^dist\/types\/.*\.d\.ts$/.test(name)).sort();
  assert.deepEqual(names, [
    'LICENSE',
    'README.md',
    'custom-elements.json',
    'dist/LICENSE-idb-keyval.txt',
    'dist/cli.js',
    'dist/contact.js',
    'dist/elements.js',
    'dist/guardian-worker.js',
    'dist/guardian.js',
    'dist/hash-worker.js',
    'dist/hash.js',
    'dist/index.js',
    'dist/kit.js',
    'dist/messages.js',
    'dist/metadata-worker.js',
    'dist/metadata.js',
    'dist/models/LICENSE-nsfwjs.txt',
    'dist/models/mid.ppmodel',
    'dist/models/small.ppmodel',
    'dist/node-contact.js',
    'dist/node-guardian.js',
    'dist/node-hash.js',
    'dist/node-messages.js',
    'dist/node-metadata.js',
    'dist/node-store.js',
    'dist/node-worker.js',
    'dist/node.js',
    'dist/packs/de.pppack',
    'dist/packs/en.pppack',
    'dist/packs/es.pppack',
    'dist/packs/fr.pppack',
    'dist/policies/13-15.json',
    'dist/policies/16-17.json',
    'dist/policies/adult.json',
    'dist/policies/under-13.json',
    'dist/protect.js',
    'dist/react.js',
    'dist/schemas/contact-facts.schema.json',
    'dist/schemas/policy.schema.json',
    'dist/schemas/profile.schema.json',
    'dist/store.js',
    'dist/wasm/LICENSES.txt',
    'dist/wasm/contact.wasm',
    'dist/wasm/hash-portable.wasm',
    'dist/wasm/hash-simd128.wasm',
    'dist/wasm/metadata.wasm',
    'dist/wasm/portable.wasm',
    'dist/wasm/relaxed.wasm',
    'dist/wasm/simd128.wasm',
    'dist/worker.js',
    'package.json',
  ]);
  const manifest = JSON.parse(readFileSync(join(installed, 'package.json')));
  assert.deepEqual(Object.keys(manifest.dependencies ?? {}), []);
  assert.match(readFileSync(join(installed, 'dist/models/LICENSE-nsfwjs.txt'), 'utf8'), /MIT License[^]*Infinite Red/);
  const notices = readFileSync(join(installed, 'dist/wasm/LICENSES.txt'), 'utf8');
  for (const crate of ['image ', 'zune-jpeg ', 'png ', 'gif ', 'image-webp ', 'serde_json ', 'sha2 ', 'md-5 ', 'blake3 ', 'ed25519-dalek ', 'postcard ', 'time ', 'argon2 ', 'chacha20poly1305 ', 'unicode-normalization ', 'wasm-bindgen ']) {
    assert.ok(notices.includes(`\n${crate}`), `no notice for ${crate}`);
  }
});

test('what a browser fetches stays within its budget', (t) => {
  const size = (name) => brotliCompressSync(readFileSync(join(installed, 'dist', name))).length;
  const model = size('models/mid.ppmodel');
  for (const build of ['relaxed', 'simd128', 'portable']) {
    const code = ['index.js', 'worker.js', `wasm/${build}.wasm`].map(size).reduce((a, b) => a + b);
    t.diagnostic(`${build}: without the model ${code} bytes with brotli, the model ${model}`);
    assert.ok(code <= 300_000, `${build}: ${code} bytes`);
    assert.ok(code + model <= 3_700_000, `${build}: ${code + model} bytes with the model`);
  }
});

test('its command works where it is installed', () => {
  const command = join(project, 'node_modules/.bin/pausepoint');
  assert.ok(statSync(command).mode & 0o111);
  const { status, stdout } = spawnSync(command, ['check', '--json', harbour], { encoding: 'utf8', cwd: tmpdir() });
  assert.equal(status, 0);
  assert.equal(JSON.parse(stdout).action, 'allow');
});

test('it is imported in Node, and lets the process end', () => {
  const script = `
    import { readFile } from 'node:fs/promises';
    import { createGuard } from 'pausepoint';
    using_ = await createGuard({ ageBand: '16-17', model: 'small' });
    console.log((await using_.checkImage(await readFile(process.argv[2]))).action);
    try { using_.watch({}); } catch (error) { console.log(error.name, error.code); }
  `.replaceAll('using_', 'globalThis.guard');
  writeFileSync(join(project, 'use.mjs'), script);
  const { status, stdout, stderr } = spawnSync(process.execPath, ['use.mjs', harbour], { cwd: project, encoding: 'utf8', timeout: 30_000 });
  assert.equal(stderr, '');
  assert.deepEqual([status, stdout], [0, 'allow\nGuardError watch/not-supported\n']);
});

test('its hasher is imported in Node', () => {
  writeFileSync(join(project, 'hash.mjs'), `
    import { createReadStream } from 'node:fs';
    import { createHasher } from 'pausepoint/hash';
    const hasher = await createHasher();
    console.log((await hasher.hash(createReadStream(process.argv[2]))).picture.pdq['512-nearest'].quality);
  `);
  const { status, stdout, stderr } = spawnSync(process.execPath, ['hash.mjs', harbour], { cwd: project, encoding: 'utf8', timeout: 30_000 });
  assert.deepEqual([status, stdout, stderr], [0, '100\n', '']);
});

test('its metadata tool is imported in Node, and is small', () => {
  writeFileSync(join(project, 'metadata.mjs'), `
    import { readFile } from 'node:fs/promises';
    import { createMetadataTool } from 'pausepoint/metadata';
    const tool = await createMetadataTool();
    const bytes = await readFile(process.argv[2]);
    console.log((await tool.strip(Buffer.concat([bytes, bytes]))).removed[0].kind, (await tool.strip(bytes)).file === bytes);
  `);
  const { status, stdout, stderr } = spawnSync(process.execPath, ['metadata.mjs', harbour], { cwd: project, encoding: 'utf8', timeout: 30_000 });
  assert.deepEqual([status, stdout, stderr], [0, 'trailing true\n', '']);
  const size = (name) => brotliCompressSync(readFileSync(join(installed, 'dist', name))).length;
  assert.ok(['metadata.js', 'metadata-worker.js', 'wasm/metadata.wasm'].map(size).reduce((a, b) => a + b) <= 25_000);
});

test('its contacts are imported in Node', () => {
  writeFileSync(join(project, 'contact.mjs'), `
    import { createContacts } from 'pausepoint/contact';
    const contacts = await createContacts({ ageBand: '13-15' });
    console.log(contacts.decide({ kind: 'message-request' }).decision);
  `);
  const { status, stdout, stderr } = spawnSync(process.execPath, ['contact.mjs'], { cwd: project, encoding: 'utf8', timeout: 30_000 });
  assert.deepEqual([status, stdout, stderr], [0, 'block\n', '']);
});

test('its conversations are imported in Node', () => {
  writeFileSync(join(project, 'messages.mjs'), `
    import { createMessages } from 'pausepoint/messages';
    const messages = await createMessages({ ageBand: '13-15' });
    const { level } = messages.check('p', { from: 'peer', text: 'pay me 200 or i post your pics to all your followers' });
    console.log(level, messages.count);
  `);
  const { status, stdout, stderr } = spawnSync(process.execPath, ['messages.mjs'], { cwd: project, encoding: 'utf8', timeout: 30_000 });
  assert.deepEqual([status, stdout, stderr], [0, 'warn 1\n', '']);
});

test('its guardian settings are imported in Node', () => {
  writeFileSync(join(project, 'guardian.mjs'), `
    import { openGuardian } from 'pausepoint/guardian';
    import { fileStore } from 'pausepoint/store';
    const open = () => openGuardian({ store: fileStore('settings'), anchor: fileStore('anchor'), manage: true });
    await (await open()).setUp({ pin: '294817', ageBand: '16-17' });
    const guardian = await open();
    console.log(guardian.state.is, guardian.holds().policy.age_band);
  `);
  const { status, stdout, stderr } = spawnSync(process.execPath, ['guardian.mjs'], { cwd: project, encoding: 'utf8', timeout: 30_000 });
  assert.deepEqual([status, stdout, stderr], [0, 'open 16-17\n', '']);
});

test('its policies and schemas are found by name, and a policy is one for the engine', () => {
  writeFileSync(join(project, 'policies.mjs'), `
    import { createRequire } from 'node:module';
    import { createContacts } from 'pausepoint/contact';
    const require = createRequire(import.meta.url);
    for (const band of ['under-13', '13-15', '16-17', 'adult']) {
      const policy = require(\`pausepoint/policies/\${band}.json\`);
      console.log((await createContacts({ policy })).policy().age_band === band);
    }
    for (const name of ['policy', 'profile', 'contact-facts']) console.log(require(\`pausepoint/schemas/\${name}.schema.json\`).title);
  `);
  const { status, stdout, stderr } = spawnSync(process.execPath, ['policies.mjs'], { cwd: project, encoding: 'utf8', timeout: 30_000 });
  assert.deepEqual([status, stdout, stderr], [0, 'true\ntrue\ntrue\ntrue\nPolicy\nProfile\nContact facts\n', '']);
});

test('the examples of the page on policies compile, and run', () => {
  const page = readFileSync(join(root, 'docs/policies.md'), 'utf8');
  const examples = [...page.matchAll(/```ts\n([^]*?)```/g)].map(([, code]) => code);
  assert.ok(examples.length >= 8);
  const folder = join(project, 'examples');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  const names = examples.map((code, i) => {
    writeFileSync(join(folder, `example-${i}.ts`), code);
    return `example-${i}`;
  });
  // Ajv is the reader's own; here it is the workspace's.
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({
    compilerOptions: {
      strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, target: 'es2022', module: 'esnext', moduleResolution: 'bundler', resolveJsonModule: true,
      lib: ['es2022', 'dom', 'dom.iterable', 'esnext.disposable'], types: [], paths: { 'ajv/*': [join(root, 'node_modules/ajv/*')] },
    },
    files: names.map((name) => `${name}.ts`),
  }));
  const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');
  const compiled = spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' });
  assert.equal(compiled.status, 0, compiled.stdout);
  const link = join(project, 'node_modules/ajv');
  symlinkSync(join(root, 'node_modules/ajv'), link);
  writeFileSync(join(folder, 'all.mjs'), `${names.map((name) => `await import('./${name}.js');`).join('\n')}\nprocess.exit(0);`);
  const { status, stderr } = spawnSync(process.execPath, ['--no-warnings', 'all.mjs'], { cwd: folder, encoding: 'utf8', timeout: 60_000 });
  assert.deepEqual([status, stderr], [0, '']);
});

test('its removal kit is imported in Node, with the directory in it', () => {
  writeFileSync(join(project, 'kit.mjs'), `
    import { createHasher } from 'pausepoint/hash';
    import { createRemovalKit } from 'pausepoint/removal-kit';
    import { readFile } from 'node:fs/promises';
    const hashes = await (await createHasher()).hash(await readFile(process.argv[2]));
    const kit = createRemovalKit([{ name: 'harbour.jpg', hashes }], { country: 'NZ', madeAt: new Date() });
    console.log(kit.services.find(({ id }) => id === 'nz-netsafe').name, kit.csv().split('\\r\\n').length, kit.html().includes(hashes.md5.slice(0, 8)));
  `);
  const { status, stdout, stderr } = spawnSync(process.execPath, ['kit.mjs', harbour], { cwd: project, encoding: 'utf8', timeout: 30_000 });
  assert.deepEqual([status, stdout, stderr], [0, 'Netsafe 6 true\n', '']);
});

test('its store is imported in Node, and keeps a list from one guard to the next', () => {
  writeFileSync(join(project, 'store.mjs'), `
    import { readFile } from 'node:fs/promises';
    import { createGuard } from 'pausepoint';
    import { fileStore } from 'pausepoint/store';
    const start = () => createGuard({ model: 'small', store: fileStore('lists') });
    const picture = await readFile(process.argv[2]);
    await (await start()).ownList.add(picture, 'harbour');
    const { action, reasons } = await (await start()).checkImage(picture);
    console.log(action, reasons.join());
  `);
  const { status, stdout, stderr } = spawnSync(process.execPath, ['store.mjs', harbour], { cwd: project, encoding: 'utf8', timeout: 30_000 });
  assert.deepEqual([status, stdout, stderr], [0, 'block own-list\n', '']);
});

test('its browser entries can be imported where there is no browser', () => {
  for (const name of ['index.js', 'hash.js', 'kit.js', 'store.js', 'contact.js', 'messages.js', 'guardian.js', 'metadata.js', 'elements.js', 'protect.js']) {
    const path = JSON.stringify(join(installed, 'dist', name));
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', `await import(${path})`], { encoding: 'utf8' });
    assert.deepEqual([status, stderr], [0, '']);
  }
});

const WATCH = `
  export function cover(guard: Guard, video: HTMLVideoElement, track: MediaStreamTrack): Watch[] {
    const onChange = ({ action, fallback }: WatchState) => video.classList.toggle('covered', (fallback ?? action) !== 'allow');
    return [guard.watch(video, { direction: 'incoming', onChange, maxRate: 10 }), guard.watch(track)];
  }
  import { type Choice, type Occasion, PausepointIntervention } from 'pausepoint/elements';
  export async function pause(element: PausepointIntervention, occasion: Occasion): Promise<Choice> {
    await element.openHelp('sent-mine');
    return element.ask(occasion, { verify: async () => ({ ok: false, waitSeconds: null }) });
  }
`;
const NO_WATCH = `
  export function none(guard: Guard, video: object): Watch {
    // @ts-expect-error: there are no videos in Node.
    return guard.watch(video);
  }
`;

for (const [resolution, module, lib, types, watch] of [
  ['bundler', 'esnext', ['es2022', 'dom', 'dom.iterable', 'esnext.disposable'], [], WATCH],
  ['node16', 'node16', ['es2022'], ['node'], NO_WATCH],
]) {
  test(`its types serve a strict project with ${resolution} resolution`, () => {
    const folder = join(project, `types-${resolution}`);
    mkdirSync(folder);
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    writeFileSync(join(folder, 'use.ts'), `
      import { createGuard, type Action, type Guard, type Verdict, type Watch, type WatchState } from 'pausepoint';
      export async function judge(bytes: Uint8Array): Promise<Action> {
        const guard: Guard = await createGuard({ ageBand: '13-15', model: 'small' });
        const verdict: Verdict = await guard.checkImage(bytes, { direction: 'incoming', deadlineMs: 1000 });
        guard.dispose();
        return verdict.fallback ?? verdict.action;
      }
      import type { ListStore, OwnList, VideoVerdict } from 'pausepoint';
      import type { ListStore as Store } from 'pausepoint/store';
      export async function protect(guard: Guard, store: Store, film: Blob): Promise<[OwnList<Blob>, VideoVerdict, ListStore]> {
        await guard.ownList.add(film, 'x');
        return [guard.ownList, await guard.checkVideo(film, { direction: 'incoming' }), store];
      }
      import { createHasher, type FileHashes } from 'pausepoint/hash';
      export async function digest(file: Blob): Promise<[string, string | undefined]> {
        const hashes: FileHashes = await (await createHasher()).hash(file, { orientations: true });
        return [hashes.md5, hashes.picture?.orientations?.['flip-x']['full-size'].hash];
      }
      import { ContactError, createContacts, type ContactFacts, type Contacts, type Suggestions } from 'pausepoint/contact';
      export async function suggest<T extends { id: string }>(list: readonly T[]): Promise<Suggestions<T>> {
        const contacts: Contacts = await createContacts({ ageBand: '13-15', profiles: ['eu-dsa-28'] });
        return contacts.filterSuggestions(list);
      }
      export async function mayWrite(facts: ContactFacts): Promise<boolean> {
        const contacts = await createContacts();
        const guard = await createGuard({ contacts });
        const [answer] = contacts.decideAll([facts]);
        return !(answer instanceof ContactError) && guard.checkContact(facts).decision === answer?.decision;
      }
      import { createMessages, MessageError, type MessageOutlook, type Messages } from 'pausepoint/messages';
      export async function heard(text: string): Promise<MessageOutlook | string> {
        const messages: Messages = await createMessages({ ageBand: '13-15', languages: ['en', 'de'] });
        messages.meet('p', { known: false, relation: 'stranger' });
        const guard = await createGuard({ messages });
        // @ts-expect-error: somebody wrote it.
        const wrong = () => messages.check('p', { text });
        try {
          return guard.checkMessage('p', { from: 'peer', text, at: Date.now() });
        } catch (error) {
          return error instanceof MessageError ? error.code : String(wrong);
        }
      }
      import { type Guardian, GuardianError, type GuardianState, openGuardian } from 'pausepoint/guardian';
      export async function opened(store: ListStore): Promise<GuardianState | string> {
        const guardian: Guardian | GuardianError = await openGuardian({ store }).catch((error: GuardianError) => error);
        if (guardian instanceof GuardianError) return guardian.code;
        await guardian.change({ pin: '1' }, { change: 'relax', what: 'pictures', until: new Date().toISOString() });
        return guardian.state;
      }
      import { createMetadataTool, MetadataError, type MetadataReport, type StrippedFile } from 'pausepoint/metadata';
      export async function clean(picture: Blob): Promise<MetadataReport | StrippedFile<Blob> | string> {
        const tool = await createMetadataTool();
        const stripped: StrippedFile<Blob> | MetadataError = await tool.strip(picture).catch((error: MetadataError) => error);
        if (stripped instanceof MetadataError) return stripped.code;
        return stripped.removed.some(({ kind }) => kind === 'c2pa') ? tool.scan(stripped.file) : stripped;
      }
      import { createRemovalKit, type KitItem, type RemovalKit, type Service } from 'pausepoint/removal-kit';
      export function kit(name: string, hashes: FileHashes): [RemovalKit, Service | undefined] {
        const item: KitItem = { name, hashes };
        const made = createRemovalKit([item], { country: 'IE', ageGroup: 'under-18', madeAt: new Date() });
        return [made, made.steps[1]?.services[0]];
      }
      // @ts-expect-error: when it was made is not guessed.
      void createRemovalKit([], {});
      // @ts-expect-error: there is no such band.
      void createGuard({ ageBand: '12' });
      export type Covered = WatchState['action'];
      ${watch}
    `);
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({
      compilerOptions: { strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, noEmit: true, target: 'es2022', module, moduleResolution: resolution, lib, typeRoots: [join(root, 'node_modules/@types')], types },
      files: ['use.ts'],
    }));
    const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');
    const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' });
    assert.equal(status, 0, stdout);
  });
}

test('its elements are known to React, Vue and Svelte, and its pause to a strict project', () => {
  const folder = join(project, 'types-frameworks');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'page.tsx'), `
    import { PausepointImage, PausepointProvider, usePausepoint, useProtection, type PageProtection } from 'pausepoint/react';
    export function Page({ file }: { file: Blob }) {
      const page: PageProtection | null = usePausepoint();
      useProtection({ ageBand: '16-17', peer: (target) => (target === null ? undefined : 'p1') });
      return (
        <PausepointProvider ageBand="13-15" onBlock={(peer) => console.log(peer)}>
          <PausepointImage file={file} alt="what came" />
          <pausepoint-intervention country="IE" theme="dark" />
          <button onClick={() => void page?.openHelp('sent-mine')}>Help</button>
        </PausepointProvider>
      );
    }
    // @ts-expect-error: what it shows is to be read out.
    export const wrong = <PausepointImage src="a.png" />;
  `);
  writeFileSync(join(folder, 'others.ts'), `
    import 'pausepoint/vue';
    import 'pausepoint/svelte';
    import type { GlobalComponents } from 'vue';
    import type { SvelteHTMLElements } from 'svelte/elements';
    export type Props = InstanceType<GlobalComponents['pausepoint-image']>['$props'];
    export const inVue: Props = { src: 'a.png', alt: 'what came', peer: 'p1' };
    export const inSvelte: SvelteHTMLElements['pausepoint-image'] = { src: 'a.png', alt: 'what came', class: 'came' };
    // @ts-expect-error: there is no such theme.
    export const wrong: SvelteHTMLElements['pausepoint-intervention'] = { theme: 'pink' };
  `);
  writeFileSync(join(folder, 'pause.ts'), `
    import { createGuard, GuardError, protect, type Decision, type PageProtection, type ProtectingGuard, type Sendable, type Verdict } from 'pausepoint/protect';
    import { defineElements, type Choice } from 'pausepoint/elements';
    import { openGuardian } from 'pausepoint/guardian';
    import { createMessages } from 'pausepoint/messages';
    import { localStore } from 'pausepoint/store';
    export async function start(): Promise<ProtectingGuard> {
      const guardian = await openGuardian({ store: localStore('x'), manage: true });
      const messages = await createMessages();
      const onDecision = ({ via, passed, withheld }: Decision) => console.log(via, passed, withheld);
      return createGuard({ ageBand: 'under-13', guardian, messages, onDecision, onBlock: (peer) => console.log(peer) });
    }
    export async function send(page: PageProtection, recording: File): Promise<[Sendable<File>, Choice | null, Verdict | string]> {
      defineElements();
      const sendable = await page.beforeSend([recording], { peer: 'p1', signal: AbortSignal.timeout(1000) });
      const verdict = await page.guard.then((guard) => guard.checkImage(recording), (error: unknown) => (error instanceof GuardError ? error.code : ''));
      return [sendable, sendable.choice, verdict];
    }
    export const part = (guard: ProtectingGuard, img: HTMLImageElement) => [guard.protect(document.body, { camera: false }), guard.shield(img, { peer: 'p1' }).settled];
    export const element: Promise<Choice> = document.createElement('pausepoint-intervention').ask({ about: 'conversation', media: 'picture', count: 1, of: 1, ageBand: '13-15', wayOn: 'deliberate', canRetry: false, offers: { block: true, someone: false } });
    // @ts-expect-error: a root is needed.
    protect({ ageBand: '13-15' });
  `);
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({
    compilerOptions: {
      strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, noEmit: true, target: 'es2022', module: 'esnext', moduleResolution: 'bundler', jsx: 'react-jsx',
      lib: ['es2022', 'dom', 'dom.iterable', 'esnext.disposable'], types: [],
    },
    files: ['page.tsx', 'others.ts', 'pause.ts'],
  }));
  // The frameworks are the reader's own; here they are the workspace's.
  for (const name of ['react', 'vue', 'svelte', '@types/react']) {
    mkdirSync(dirname(join(project, 'node_modules', name)), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), join(project, 'node_modules', name));
  }
  const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');
  const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' });
  assert.equal(status, 0, stdout);
});

test('what a page that pauses fetches beside its guard', (t) => {
  const size = (name) => brotliCompressSync(readFileSync(join(installed, 'dist', name))).length;
  const bytes = ['protect.js', 'metadata.js', 'metadata-worker.js', 'wasm/metadata.wasm'].map(size).reduce((a, b) => a + b);
  t.diagnostic(`${bytes} bytes with brotli, six languages and the help directory in it`);
  assert.ok(bytes <= 80_000, `${bytes} bytes`);
});
