import { GuardianError } from './guardian-error.js';
import type { Desk } from './live-guardian.js';
import type { Operation, Performed } from './perform.js';
import type { GuardianReply } from './protocol.js';
import type { Records } from './records.js';

/** The worker, seen from the page. */
export class WorkerDesk implements Desk {
  readonly #worker: Worker;
  readonly #module: WebAssembly.Module;
  readonly #waiting = new Map<number, (reply: GuardianReply) => void>();
  #ended: string | null = null;
  #lastId = 0;

  private constructor(worker: Worker, module: WebAssembly.Module) {
    this.#worker = worker;
    this.#module = module;
  }

  /** Starts it. Throws `GuardianError`. */
  static async start(address: string | null, module: WebAssembly.Module): Promise<WorkerDesk> {
    // Bundlers recognise the second form only when it is written out like this.
    const worker =
      address === null
        ? new Worker(new URL('./guardian-worker.js', import.meta.url), { type: 'module' })
        : new Worker(address, { type: 'module' });
    const desk = new WorkerDesk(worker, module);
    await new Promise<void>((resolve, reject) => {
      worker.onerror = () => reject(new GuardianError('assets/worker-failed'));
      worker.onmessage = () => resolve();
    }).catch((error: unknown) => {
      worker.terminate();
      throw error;
    });
    worker.onmessage = ({ data }: MessageEvent<GuardianReply>) => desk.#hear(data);
    worker.onerror = () => desk.#end('engine/failed');
    worker.onmessageerror = () => desk.#end('engine/failed');
    return desk;
  }

  async perform(stored: Records, operation: Operation): Promise<Performed> {
    if (this.#ended !== null) throw new GuardianError(this.#ended);
    const id = (this.#lastId += 1);
    const reply = await new Promise<GuardianReply>((resolve) => {
      this.#waiting.set(id, resolve);
      this.#worker.postMessage({ id, module: this.#module, stored, operation });
    });
    if ('performed' in reply) return reply.performed;
    throw new GuardianError('code' in reply ? reply.code : 'engine/failed');
  }

  dispose(): void {
    this.#end('guardian/disposed');
  }

  #hear(reply: GuardianReply): void {
    if (reply.id === null) return;
    this.#waiting.get(reply.id)?.(reply);
    this.#waiting.delete(reply.id);
  }

  #end(code: string): void {
    this.#ended ??= code;
    this.#worker.terminate();
    for (const id of [...this.#waiting.keys()]) this.#hear({ id, code });
  }
}
