import type { Captured } from './host.js';
import type { Limits } from './options.js';

/** What both browsers and Node take: files and bytes. */
export type BytesSource = Blob | ArrayBuffer | ArrayBufferView;

/** Captures a file or bytes; `null` for anything else. */
export function captureBytes(source: unknown, limits: Limits): Captured | null {
  if (ArrayBuffer.isView(source)) {
    return copied(new Uint8Array(source.buffer, source.byteOffset, source.byteLength), limits);
  }
  switch (kindOf(source)) {
    case 'ArrayBuffer': {
      const buffer = source as ArrayBuffer;
      // A buffer that was given away has no bytes to look at, which is not the same as an empty file.
      if ('detached' in buffer && buffer.detached) return { unchecked: 'not-readable' };
      return copied(new Uint8Array(buffer), limits);
    }
    case 'Blob':
    case 'File':
      // A blob never changes, so the worker can read it when its turn comes.
      return { picture: { kind: 'blob', blob: source as Blob }, transfer: [] };
    default:
      return null;
  }
}

/** The built-in kind of a value, also when it comes from another frame's globals. */
export function kindOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice('[object '.length, -1);
}

// The caller may go on writing to its buffer.
function copied(bytes: Uint8Array, limits: Limits): Captured {
  if (bytes.byteLength > limits.maxBytes) return { unchecked: 'too-many-bytes' };
  const copy = new Uint8Array(bytes).buffer;
  return { picture: { kind: 'bytes', bytes: copy }, transfer: [copy] };
}
