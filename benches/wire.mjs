// Bytes over the wire: each file with brotli at its best, as a careful site would serve it.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

/** Sum of the compressed sizes. Compressing megabytes takes seconds, so results are kept by content in `cache`. */
export function wireBytes(files, cache) {
  mkdirSync(cache, { recursive: true });
  return files
    .map((file) => {
      const bytes = readFileSync(file);
      const known = join(cache, createHash('sha256').update(bytes).digest('hex'));
      if (!existsSync(known)) writeFileSync(known, String(brotliCompressSync(bytes).length));
      return Number(readFileSync(known, 'utf8'));
    })
    .reduce((a, b) => a + b, 0);
}
