import { kindOf } from '../client/capture-bytes.js';

/** A file of other bytes, with the name, type and time of this one. */
export function rebuilt<F extends Blob>(file: F, bytes: Uint8Array): F {
  const part = bytes as BlobPart;
  const { type } = file;
  if (kindOf(file) !== 'File') return new Blob([part], { type }) as F;
  const { name, lastModified } = file as unknown as File;
  return new File([part], name, { type, lastModified }) as unknown as F;
}
