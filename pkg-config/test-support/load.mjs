import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const TS = fileURLToPath(new URL('../ts/', import.meta.url));

/** Imports TypeScript modules of `ts/`, bundled together so that they share what they import; gives all they export. */
export async function load(...modules) {
  const result = await build({
    stdin: { contents: modules.map((name) => `export * from './${name}';`).join('\n'), resolveDir: TS },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
  });
  const directory = mkdtempSync(join(tmpdir(), 'pausepoint-test-'));
  try {
    const file = join(directory, 'bundle.mjs');
    writeFileSync(file, result.outputFiles[0].contents);
    return await import(pathToFileURL(file).href);
  } finally {
    rmSync(directory, { recursive: true });
  }
}
