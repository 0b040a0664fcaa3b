// Where `cargo xtask bench` puts things.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../', import.meta.url));
export const out = join(root, 'target/bench');
export const unpacked = join(root, 'target/pack/package');
