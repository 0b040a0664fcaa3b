import { kindOf } from '../client/capture-bytes.js';

/** A file of other bytes, with the name, type and time of this one. */
export function rebuilt<F extends Blob>(file: F, bytes: Uint8Array): F {
  const part = bytes as BlobPart;
  const { type } = file;
  if (kindOf(file) !== 'File') return new Blob([part], { type }) as F;
  const { name, lastModified, webkitRelativePath: path } = file as unknown as File;
  const made = new File([part], name, { type, lastModified });
  // Where it is in a folder that was chosen can only be said by the browser, or like this.
  if (path) Object.defineProperty(made, 'webkitRelativePath', { value: path, enumerable: true, configurable: true });
  return made as unknown as F;
}
