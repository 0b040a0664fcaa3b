// A host whose workers do as they are told, so that tests can make anything go wrong.

const REASONS = ['deadline', 'worker-failed', 'not-readable', 'not-ready', 'too-many-bytes'];

const verdict = (fields) => ({
  action: 'allow',
  reasons: [],
  scores: null,
  risk: null,
  fallback: null,
  looked: null,
  hostDecode: false,
  model: 'mid',
  policyVersion: '1',
  ...fields,
});

const unchecked = (fallback) =>
  Object.fromEntries(REASONS.map((reason) => [reason, verdict({ action: 'unchecked', reasons: [reason], fallback })]));

/**
 * Pictures are words that say what happens: `ok` is judged at once, `wait` when `host.answer()` is called, `hang`
 * never, `trap` loses the engine, `die` the worker, `unsendable` cannot be posted, `unreadable` cannot be captured,
 * `slow` is captured when `host.captureNow()` is called.
 *
 * `starts` are the outcomes of successive engine starts: `ready` (also when there are no more), `refuse`, `hang`,
 * `die`, or `throw` for a worker that cannot even be made.
 */
export class FakeHost {
  workers = [];
  posted = [];
  starts = [];
  spareLoads = true;
  inFlight = 0;
  mostInFlight = 0;
  closed = [];
  #waiting = [];
  #captures = [];

  constructor({ scriptsAreRequests = true } = {}) {
    this.scriptsAreRequests = scriptsAreRequests;
  }

  spawn = (events) => {
    const isFirst = this.workers.length === 0;
    if (!isFirst && this.starts[0] === 'throw') {
      this.starts.shift();
      throw new Error('no worker');
    }
    const worker = { events, held: true, terminated: false, engines: 0 };
    this.workers.push(worker);
    if (isFirst || this.spareLoads) queueMicrotask(() => events.reply({ type: 'loaded' }));
    return {
      post: (request) => this.#post(worker, request),
      hold: (held) => (worker.held = held),
      terminate: () => (worker.terminated = true),
    };
  };

  capture = (source) => {
    if (typeof source !== 'string') throw new TypeError('source/not-a-picture-source');
    if (source === 'unreadable') return Promise.resolve({ unchecked: 'not-readable' });
    const bitmap = { close: () => this.closed.push(source) };
    const captured = { picture: { kind: 'bitmap', bitmap, format: source }, transfer: [] };
    if (source === 'slow') return new Promise((resolve) => this.#captures.push(() => resolve(captured)));
    return Promise.resolve(captured);
  };

  /** Lets the oldest `wait` have its verdict. */
  answer() {
    this.#waiting.shift()();
  }

  captureNow() {
    this.#captures.shift()();
  }

  #post(worker, request) {
    if (worker.terminated) throw new Error('posted to a worker that was ended');
    const reply = (message) => queueMicrotask(() => worker.terminated || worker.events.reply(message));
    switch (request.type) {
      case 'load':
      case 'start': {
        const outcome = this.starts.shift() ?? 'ready';
        this.posted.push(request.type);
        if (outcome === 'refuse') reply({ type: 'start-failed', code: 'model/digest' });
        if (outcome === 'die') queueMicrotask(() => worker.events.failed());
        if (outcome !== 'ready') return;
        worker.engines += 1;
        reply({
          type: 'ready',
          info: { limits: { maxBytes: 100, maxPixels: 100 } },
          unchecked: { outgoing: unchecked('warn'), incoming: unchecked('notice') },
          parts: request.type === 'load' ? { module: 'module', model: 'model' } : null,
        });
        return;
      }
      case 'count':
        return reply({ type: 'counted', requests: 0 });
      case 'check': {
        const word = request.picture.format;
        if (word === 'unsendable') throw new DOMException('tainted', 'DataCloneError');
        this.posted.push(word);
        this.inFlight += 1;
        this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
        const { id } = request;
        const done = (message) => {
          this.inFlight -= 1;
          reply(message);
        };
        const judged = () => done({ type: 'verdict', id, verdict: verdict({ reasons: [word] }) });
        if (word === 'trap') done({ type: 'engine-lost', id });
        else if (word === 'wrong') done({ type: 'verdict', id: id + 1, verdict: verdict({}) });
        else if (word === 'wait') this.#waiting.push(judged);
        else if (word === 'die') {
          this.inFlight -= 1;
          queueMicrotask(() => worker.events.failed());
        } else if (word === 'hang') this.inFlight -= 1;
        else judged();
        return;
      }
    }
  }
}

/** Lets everything that is ready to happen, happen. */
export const settle = () => new Promise((resolve) => setImmediate(resolve));
