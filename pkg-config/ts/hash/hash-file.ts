import type { Limits } from '../client/options.js';
import { attempt } from '../worker/attempt.js';
import type { Pixels } from '../worker/host.js';
import { parse } from './answer.js';
import type { HashGlue } from './engine.js';
import { HashError } from './hash-error.js';
import type { FileHashes } from './hashes.js';

/** A file as it comes. */
export interface Input {
  pieces: AsyncIterable<Uint8Array>;
  /** Bytes, if known beforehand. */
  size: number | null;
}

/** Tells how many bytes have been read, and of how many if known. */
export type HashProgress = (loaded: number, total: number | null) => void;

/** What a platform adds. */
export interface HashHost {
  /** Decodes a file with the host's own decoder, or is absent. Throws when it cannot. */
  decode?(bytes: Uint8Array): Promise<ImageBitmap>;
  /** Reads a bitmap's pixels. Throws when it cannot. */
  readPixels?(bitmap: ImageBitmap): Pixels;
}

/** How a file is hashed. */
export interface HashRequest {
  orientations: boolean;
  limits: Partial<Limits>;
}

/** Pieces of a file that need not be read as a whole. */
const PIECE_BYTES = 1 << 20;

/** The pieces of a blob, one in memory at a time. */
export async function* piecesOf(blob: Blob): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < blob.size; at += PIECE_BYTES) {
    yield new Uint8Array(await blob.slice(at, at + PIECE_BYTES).arrayBuffer());
  }
}

/** Bytes that are there already, as one piece. */
export async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/**
 * Hashes a file in one pass. Only what may be a picture of an allowed size is kept as a whole. Throws `HashError`, and
 * whatever came out of the engine, which is then not to be used again.
 */
export async function hashFile(
  glue: HashGlue,
  host: HashHost,
  input: Input,
  request: HashRequest,
  report: HashProgress,
  signal?: AbortSignal,
): Promise<FileHashes> {
  const limits = { ...(JSON.parse(glue.defaultLimits()) as Limits), ...request.limits };
  let kept: Uint8Array[] | null = (input.size ?? 0) > limits.maxBytes ? null : [];
  let size = 0;
  const digester = new glue.Digester();
  const pieces = input.pieces[Symbol.asyncIterator]();
  try {
    for (;;) {
      signal?.throwIfAborted();
      const next = await attempt(() => pieces.next());
      if (next === null) throw new HashError('source/not-readable');
      if (next.done) break;
      digester.update(next.value);
      size += next.value.byteLength;
      if (size > limits.maxBytes) kept = null;
      kept?.push(next.value);
      report(size, input.size);
    }
    signal?.throwIfAborted();
  } catch (error) {
    digester.free();
    // Files that are read no further are closed.
    await attempt(() => pieces.return?.());
    throw error;
  }
  const digests = JSON.parse(digester.finish()) as { sha256: string; md5: string };
  const hashed = kept === null ? { unhashed: 'too-many-bytes' as const } : await hashPicture(joined(kept, size));
  return { size, ...digests, picture: null, decoder: null, unhashed: null, ...hashed };

  async function hashPicture(bytes: Uint8Array): Promise<Partial<FileHashes>> {
    const options = JSON.stringify({ orientations: request.orientations, limits: request.limits });
    const answer = parse(glue.hashPicture(bytes, options));
    if ('Ok' in answer) return { picture: answer.Ok, decoder: 'own' };
    const { reason, hostDecode } = answer.Err;
    const bitmap = hostDecode ? await attempt(() => host.decode?.(bytes)) : null;
    if (!bitmap) return { unhashed: reason };
    try {
      if (bitmap.width * bitmap.height > limits.maxPixels) return { unhashed: 'too-many-pixels' };
      const pixels = await attempt(() => host.readPixels?.(bitmap));
      if (!pixels) return { unhashed: reason };
      const seen = parse(glue.hashPixels(pixels.rgba, pixels.width, pixels.height, options));
      return 'Ok' in seen ? { picture: seen.Ok, decoder: 'host' } : { unhashed: seen.Err.reason };
    } finally {
      bitmap.close();
    }
  }
}

function joined(pieces: readonly Uint8Array[], size: number): Uint8Array {
  const [first] = pieces;
  if (first !== undefined && pieces.length === 1) return first;
  const all = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.byteLength;
  }
  return all;
}
