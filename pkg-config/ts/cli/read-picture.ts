import { createReadStream } from 'node:fs';

/**
 * Reads a file, or standard input for `-`, but not more than one byte over the limit: enough for the engine to say
 * that it is too much. `null` if it cannot be read.
 */
export async function readPicture(file: string, maxBytes: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let room = maxBytes + 1;
  try {
    const stream = file === '-' ? process.stdin : createReadStream(file);
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      chunks.push(chunk.subarray(0, room));
      room -= chunk.byteLength;
      if (room <= 0) break;
    }
  } catch {
    return null;
  }
  return Buffer.concat(chunks);
}
