import type { Outcome } from './look-into.js';
import { MetadataError } from './metadata-error.js';
import type { MetadataCall, MetadataReply } from './protocol.js';

/** One worker, seen from the page. */
export class WorkerPort {
  /** Whether its script runs; `false` if it never will. */
  readonly ready: Promise<boolean>;
  /** `null` where none can be made. */
  readonly #worker: Worker | null;
  readonly #waiting = new Map<number, (reply: MetadataReply) => void>();
  #settleReady: (ready: boolean) => void = () => {};
  #ended: string | null = null;
  #lastId = 0;

  /** @param address - where the script is; `null` for the package's own */
  constructor(address: string | null) {
    this.ready = new Promise((resolve) => (this.#settleReady = resolve));
    this.#worker = start(address);
    if (this.#worker === null) {
      this.end('metadata/worker-failed');
      return;
    }
    this.#worker.onmessage = ({ data }: MessageEvent<MetadataReply>) => this.#hear(data);
    this.#worker.onerror = () => this.end('metadata/worker-failed');
    this.#worker.onmessageerror = () => this.end('metadata/worker-failed');
  }

  /** Whether it can be asked no more. */
  get ended(): boolean {
    return this.#ended !== null;
  }

  /** Throws `MetadataError`. */
  async ask(call: Omit<MetadataCall, 'id'>): Promise<Outcome> {
    if (this.#ended !== null) throw new MetadataError(this.#ended);
    const id = (this.#lastId += 1);
    const reply = await new Promise<MetadataReply>((resolve) => {
      this.#waiting.set(id, resolve);
      this.#worker?.postMessage({ ...call, id } satisfies MetadataCall);
    });
    if ('outcome' in reply) return reply.outcome;
    throw new MetadataError('code' in reply ? reply.code : 'metadata/worker-failed');
  }

  /** Ends it at once, whatever it does. What was asked of it is refused with this code. */
  end(code: string): void {
    this.#ended ??= code;
    this.#worker?.terminate();
    this.#settleReady(false);
    for (const id of [...this.#waiting.keys()]) this.#hear({ id, code });
  }

  #hear(reply: MetadataReply): void {
    if (reply.id === null) return this.#settleReady(true);
    this.#waiting.get(reply.id)?.(reply);
    this.#waiting.delete(reply.id);
  }
}

function start(address: string | null): Worker | null {
  try {
    // Bundlers recognise the second form only when it is written out like this.
    return address === null
      ? new Worker(new URL('./metadata-worker.js', import.meta.url), { type: 'module' })
      : new Worker(address, { type: 'module' });
  } catch {
    // Of another origin, or against the page's policy.
    return null;
  }
}
