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

const report = (action, since) => ({ action, reasons: [], fallback: action === 'unchecked' ? 'warn' : null, since });

/** How long newer frames may go unseen on this host, in milliseconds. */
export const LAPSE_MS = 3_000;

/**
 * Pictures are words that say what happens: `ok` is judged at once, `wait` when `host.answer()` is called, `hang`
 * never, `trap` loses the engine, `die` the worker, `unsendable` cannot be posted, `unreadable` cannot be captured,
 * `slow` is captured when `host.captureNow()` is called.
 *
 * Videos are objects, and `video.show(word)` a new frame; besides the words above, `warn` is judged so, `fidget` is
 * `ok` but wants another look, and the engine's memory of a video is the number of frames and the last action.
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
  sights = [];
  /** What the worker was given for a model: what `loadModel` gave, if there is one. */
  models = [];
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

  openVideo = (video, direction, events) => {
    if (typeof video !== 'object') throw new TypeError('source/not-a-video-source');
    Object.assign(video, { direction, events, open: true });
    video.show = (word) => {
      video.word = word;
      events.fresh();
    };
    return {
      grab: () => Promise.resolve(this.#frame(video.word)),
      close: () => (video.open = false),
    };
  };

  #frame(word) {
    if (word === 'unreadable') return { kind: 'unchecked', reason: 'not-readable' };
    return { kind: 'bitmap', bitmap: { close: () => this.closed.push(word) }, format: word };
  }

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
      case 'model':
        return this.models.push(request.model);
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
      case 'look': {
        const { id, frame, sight } = request;
        const word = frame.kind === 'bitmap' ? frame.format : frame.reason;
        if (word === 'unsendable') throw new DOMException('tainted', 'DataCloneError');
        this.sights.push(sight);
        const action = { 'not-readable': 'unchecked', warn: 'warn' }[word] ?? 'allow';
        const before = sight.lapsedAt === null ? sight.watch?.action : 'unchecked';
        const watch = { frames: (sight.watch?.frames ?? 0) + 1, action };
        const seen = {
          report: report(action, sight.at),
          changed: action !== before,
          settled: word !== 'fidget',
          lapse: action === 'unchecked' ? null : { afterMs: LAPSE_MS, report: report('unchecked', 0) },
        };
        return this.#work(worker, word, id, { type: 'watched', id, watched: { watch, seen } }, reply);
      }
      case 'check': {
        const word = request.picture.format;
        if (word === 'unsendable') throw new DOMException('tainted', 'DataCloneError');
        const { id } = request;
        return this.#work(worker, word, id, { type: 'verdict', id, verdict: verdict({ reasons: [word] }) }, reply);
      }
    }
  }

  #work(worker, word, id, answer, reply) {
    this.posted.push(word);
    this.inFlight += 1;
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
    const done = (message) => {
      this.inFlight -= 1;
      reply(message);
    };
    if (word === 'trap') done({ type: 'engine-lost', id });
    else if (word === 'wrong') done({ ...answer, id: id + 1 });
    else if (word === 'wait') this.#waiting.push(() => done(answer));
    else if (word === 'die') {
      this.inFlight -= 1;
      queueMicrotask(() => worker.events.failed());
    } else if (word === 'hang') this.inFlight -= 1;
    else done(answer);
  }
}

/** Lets everything that is ready to happen, happen. */
export const settle = () => new Promise((resolve) => setImmediate(resolve));
