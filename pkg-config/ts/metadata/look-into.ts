import { createGlue } from 'pausepoint-metadata-glue';
import { MetadataError } from './metadata-error.js';
import type { MetadataKept, MetadataKind, MetadataReport } from './report.js';

/** What is done with a file. */
export type Task = 'scan' | 'strip';

/** What came of it. */
export interface Outcome {
  report: MetadataReport;
  /** The file without what was found; `null` where nothing was, or nobody wanted it. */
  bytes: Uint8Array | null;
}

/** A file as it can be read. */
export interface Readable {
  size: number;
  /** Rejects if it cannot be read. */
  read(): Promise<Uint8Array>;
}

/** Looks into a file. Throws `MetadataError`. */
export async function lookInto(module: WebAssembly.Module, task: Task, { size, read }: Readable): Promise<Outcome> {
  // Made for this and thrown away, with the memory that a large file took; and with whatever is left of it.
  const glue = createGlue();
  try {
    glue.initSync({ module });
  } catch {
    throw new MetadataError('metadata/worker-failed');
  }
  if (size > glue.maxBytes()) throw new MetadataError('metadata/too-large');
  const bytes = await read().catch(() => {
    throw new MetadataError('source/not-readable');
  });
  try {
    const looked = glue[task](bytes);
    const sizes = looked.sizes();
    const found = split<MetadataKind>(looked.kinds()).map((kind, i) => ({ kind, bytes: sizes[i] ?? 0 }));
    const report = { format: looked.format() as MetadataReport['format'], found, kept: split<MetadataKept>(looked.kept()) };
    return { report, bytes: looked.bytes() ?? null };
  } catch (error) {
    const code = error instanceof Error ? error.message : '';
    // Anything else is a trap.
    throw new MetadataError(code.startsWith('metadata/') ? code : 'metadata/worker-failed');
  }
}

function split<Code extends string>(codes: string): Code[] {
  return codes === '' ? [] : (codes.split(',') as Code[]);
}
