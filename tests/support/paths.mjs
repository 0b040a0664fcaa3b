// Where `cargo xtask test` puts things.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const stage = join(root, 'target/stage');
export const hooked = join(root, 'target/hooked');
export const dist = join(root, 'pkg-config/dist');
export const corpus = process.env.PAUSEPOINT_CORPUS ?? join(root, 'target/corpus');
export const harbour = join(root, 'tests/fixtures/harbour.jpg');

for (const path of [stage, hooked, dist, corpus]) {
  if (!existsSync(path)) throw new Error(`${path} is missing: run these tests with \`cargo xtask test\``);
}
