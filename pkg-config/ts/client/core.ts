import type { ContactAnswer } from '../contact/answers.js';
import type { ChatMessage, MessageOutlook } from '../messages/messages.js';
import type { ContactFacts } from '../contact/facts.js';
import type { CheckOptions } from './check-options.js';
import { GuardError } from './error.js';
import type { Diagnostics, GuardInfo, GuardOf } from './guard.js';
import type { Host } from './host.js';
import { ListDesk } from './list-desk.js';
import type { HashLists, OwnList } from './lists.js';
import type { GuardOptions } from './options.js';
import { PendingCheck } from './pending-check.js';
import { reportError } from './report-error.js';
import { SerialQueue } from './serial-queue.js';
import { type EngineFacts, Supervisor } from './supervisor.js';
import { LATE, Timeout } from './timeout.js';
import type { UncheckedReason, Verdict } from './verdict.js';
import { checkVideo } from './video-check.js';
import type { VideoCheckOptions, VideoVerdict } from './video-verdict.js';
import type { Watch, WatchOptions } from './watch.js';
import { type Taken, Watcher } from './watcher.js';
import type { Outcome } from './worker-link.js';
import { contextOf } from '../worker/context.js';
import type { EngineVerdict, EngineWatched, Frame, KeptLists, ListAnswer, ListCall, Recipe, Request } from '../worker/protocol.js';

const DEADLINE_MS = 15_000;
/** The most that timers can count. */
const LONGEST_MS = 2 ** 31 - 1;
/** Frames of a video that are looked at, a second. */
const RATE = 5;
const HIGHEST_RATE = 30;
/** How long `diagnostics` waits for the worker's own count, in milliseconds. */
const COUNT_MS = 5_000;

/** Starts a guard on any host: the part of `createGuard` that browsers and Node have in common. */
export async function startGuard<Source, Video = never>(
  host: Host<Source, Video>,
  recipe: Recipe,
  options: GuardOptions,
): Promise<GuardOf<Source, Video>> {
  const { signal, onProgress } = options;
  const deadlineMs = checkedDeadline(options.deadlineMs ?? DEADLINE_MS);
  signal?.throwIfAborted();

  // Engines after the first are given the lists of the guard that there is then.
  const desk: { kept?: () => KeptLists } = {};
  const supervisor = new Supervisor(host, recipe, () => desk.kept?.() ?? { own: null, issued: [] });
  const giveUp = () => supervisor.dispose();
  signal?.addEventListener('abort', giveUp);
  try {
    const progress = (event: Parameters<NonNullable<typeof onProgress>>[0]) => {
      try {
        onProgress?.(event);
      } catch (error) {
        reportError(error);
      }
    };
    const facts = await supervisor.load(progress);
    const guard = new Guard(host, supervisor, facts, deadlineMs, options);
    desk.kept = () => guard.keptLists;
    await guard.restoreLists();
    progress({ phase: 'ready', loaded: 1, total: 1 });
    return guard;
  } catch (error) {
    // Disposed of by the signal: its reason is the error.
    signal?.throwIfAborted();
    supervisor.dispose();
    throw error;
  } finally {
    signal?.removeEventListener('abort', giveUp);
  }
}

class Guard<Source, Video> implements GuardOf<Source, Video> {
  readonly #host: Host<Source, Video>;
  readonly #supervisor: Supervisor;
  readonly #facts: EngineFacts;
  readonly #deadlineMs: number;
  readonly #contacts: GuardOptions['contacts'];
  readonly #messages: GuardOptions['messages'];
  readonly #queue: SerialQueue;
  readonly #pending = new Set<PendingCheck>();
  readonly #watchers = new Set<Watcher>();
  /** Ends what is being looked at in video files. */
  readonly #videos = new Set<AbortController>();
  readonly #desk: ListDesk;
  readonly lists: HashLists;
  readonly ownList: OwnList<Source>;
  #disposed = false;
  #lastId = 0;

  static {
    // Older browsers have no `using`, and no symbol for it.
    if ('dispose' in Symbol) Object.defineProperty(this.prototype, Symbol.dispose, { value: this.prototype.dispose });
  }

  declare [Symbol.dispose]: () => void;

  constructor(
    host: Host<Source, Video>,
    supervisor: Supervisor,
    facts: EngineFacts,
    deadlineMs: number,
    { store, contacts, messages }: GuardOptions,
  ) {
    this.#host = host;
    this.#supervisor = supervisor;
    this.#facts = facts;
    this.#deadlineMs = deadlineMs;
    this.#contacts = contacts;
    this.#messages = messages;
    this.#queue = new SerialQueue((busy) => supervisor.hold(busy));
    supervisor.hold(false);
    this.#desk = new ListDesk((call, transfer) => this.#callLists(call, transfer), store);
    this.lists = this.#desk.issuedLists(facts.info.limits);
    this.ownList = this.#desk.ownList((source) => host.capture(source, facts.info.limits));
  }

  get keptLists(): KeptLists {
    return this.#desk.kept;
  }

  restoreLists(): Promise<void> {
    return this.#desk.restore();
  }

  async checkImage(source: Source, options: CheckOptions = {}): Promise<Verdict> {
    const { direction = 'outgoing', peer, signal } = options;
    const deadlineMs = checkedDeadline(options.deadlineMs ?? this.#deadlineMs);
    checkDirection(direction);
    if (this.#disposed) throw new GuardError('guard/disposed');
    signal?.throwIfAborted();

    // Captured now, not when its turn comes: the answer is about the picture that the caller saw.
    const captured = this.#host.capture(source, this.#facts.info.limits);
    const check = new PendingCheck(captured, direction, deadlineMs, signal);
    this.#pending.add(check);
    this.#queue.add(() => this.#run(check));
    const verdict = await check.promise;
    if (peer !== undefined && /warn|block/.test(verdict.action) && verdict.reasons.includes('explicit')) {
      this.#messages?.picture(peer, direction === 'outgoing' ? 'held-back' : 'received');
    }
    return verdict;
  }

  checkContact(facts: ContactFacts): ContactAnswer {
    if (this.#disposed) throw new GuardError('guard/disposed');
    if (this.#contacts === undefined) throw new GuardError('contacts/not-given');
    return this.#contacts.decide(facts);
  }

  checkMessage(peer: string, message: ChatMessage): MessageOutlook {
    if (this.#disposed) throw new GuardError('guard/disposed');
    if (this.#messages === undefined) throw new GuardError('messages/not-given');
    return this.#messages.check(peer, message);
  }

  async checkVideo(file: Blob, options: VideoCheckOptions = {}): Promise<VideoVerdict> {
    const { direction = 'outgoing', signal, onProgress } = options;
    const { sampleVideo } = this.#host;
    if (sampleVideo === undefined) throw new GuardError('video/not-supported');
    checkDirection(direction);
    if (this.#disposed) throw new GuardError('guard/disposed');
    signal?.throwIfAborted();

    const film = (this.#lastId += 1);
    const context = contextOf(direction);
    const abort = new AbortController();
    const giveUp = () => abort.abort(signal?.reason);
    signal?.addEventListener('abort', giveUp);
    this.#videos.add(abort);
    const ending = (reason: UncheckedReason | null) =>
      this.#exchange((id) => ({ type: 'end-video', id, film, reason, context }));
    let isOpen = true;
    try {
      return await checkVideo({
        samples: sampleVideo(file, abort.signal),
        judge: async (frame, at) => {
          const reply = await this.#exchange((id) => ({ type: 'sample', id, film, frame, at, context }), frame);
          return reply?.type === 'sampled' ? reply.decided : null;
        },
        end: async (reason) => {
          abort.signal.throwIfAborted();
          isOpen = false;
          const reply = await ending(reason);
          if (reply?.type === 'video-verdict') return reply.verdict;
          const verdict = structuredClone(this.#facts.unchecked[direction][reason ?? 'worker-failed']);
          return { verdict, atMs: null, looked: 0, unchecked: 0 };
        },
        onProgress,
      });
    } finally {
      // Given up: the worker is not to remember it for ever.
      if (isOpen && !this.#disposed) void ending('not-ready');
      this.#videos.delete(abort);
      signal?.removeEventListener('abort', giveUp);
    }
  }

  watch(source: Video, options: WatchOptions = {}): Watch {
    const { direction = 'outgoing', maxRate = RATE, onChange, signal } = options;
    const { openVideo } = this.#host;
    if (openVideo === undefined) throw new GuardError('watch/not-supported');
    checkDirection(direction);
    if (!(maxRate >= 1 && maxRate <= HIGHEST_RATE)) throw new RangeError('rate/out-of-range');
    if (this.#disposed) throw new GuardError('guard/disposed');
    signal?.throwIfAborted();

    const { action, reasons, fallback } = this.#facts.unchecked[direction]['not-ready'];
    const watcher = new Watcher({
      direction,
      period: 1000 / maxRate,
      onChange,
      signal,
      open: (events) => openVideo(source, direction, events),
      whenIdle: (task) => this.#queue.addIdle(task),
      look: (take) => this.#look(take),
      unwatched: () => ({ action, reasons: [...reasons], fallback }),
      onEnd: (watcher) => this.#watchers.delete(watcher),
    });
    this.#watchers.add(watcher);
    return watcher;
  }

  info(): GuardInfo {
    return structuredClone(this.#facts.info);
  }

  diagnostics(): Promise<Diagnostics> {
    return new Promise((resolve) => {
      this.#queue.add(async () => {
        const { running } = this.#supervisor;
        if (running !== null) {
          const clock = new Timeout(COUNT_MS);
          // A worker that does not even count is not given a picture.
          if ((await clock.within(running.exchange({ type: 'count' }))) === LATE) running.end();
          clock.clear();
        }
        const { requestsSinceReady, workersStarted } = this.#supervisor;
        resolve({ requestsSinceReady, workersStarted });
      });
    });
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#supervisor.dispose();
    this.#desk.close();
    for (const check of this.#pending) check.reject(new GuardError('guard/disposed'));
    for (const watcher of this.#watchers) watcher.end();
    for (const video of this.#videos) video.abort(new GuardError('guard/disposed'));
  }

  async #run(check: PendingCheck): Promise<void> {
    if (check.settled) {
      void check.drop();
    } else {
      const started = performance.now();
      const clock = new Timeout(check.deadlineMs);
      const answer = await this.#ask(check, clock);
      clock.clear();
      const millis = Math.round((performance.now() - started) * 10) / 10;
      if (!check.settled) check.resolve({ ...answer, millis });
    }
    this.#pending.delete(check);
  }

  async #ask(check: PendingCheck, clock: Timeout): Promise<EngineVerdict> {
    const unchecked = (reason: UncheckedReason) => structuredClone(this.#facts.unchecked[check.direction][reason]);

    const captured = await clock.within(check.captured);
    if (captured === LATE) {
      void check.drop();
      return unchecked('deadline');
    }
    if ('unchecked' in captured) return unchecked(captured.unchecked);

    const worker = await clock.within(this.#supervisor.engine());
    if (worker === LATE || worker === null || check.settled) {
      void check.drop();
      return unchecked(worker === LATE ? 'deadline' : 'not-ready');
    }

    const id = (this.#lastId += 1);
    const context = contextOf(check.direction);
    const { picture, transfer } = captured;
    const outcome = await clock.within(worker.exchange({ type: 'check', id, picture, context }, transfer));
    if (outcome === LATE) {
      // Nothing else stops a computation that does not come back.
      worker.end();
      return unchecked('deadline');
    }
    switch (outcome.type) {
      case 'verdict':
        if (outcome.id === id) return outcome.verdict;
        break;
      case 'unsendable':
        // The picture's, not the worker's fault: of another origin, closed or detached.
        void check.drop();
        return unchecked('not-readable');
      case 'engine-lost':
      case 'dead':
        return unchecked('worker-failed');
      default:
        break;
    }
    // An answer to something else: this worker is not to be trusted with the next picture.
    worker.end();
    return unchecked('worker-failed');
  }

  /** Asks the engine about lists, in turn with the pictures. Rejects with `GuardError`. */
  async #callLists(call: ListCall, transfer: Transferable[]): Promise<ListAnswer> {
    if (this.#disposed) throw new GuardError('guard/disposed');
    const reply = await this.#exchange((id) => ({ type: 'lists', id, call }), null, transfer);
    if (reply?.type === 'listed') return reply.answer;
    throw new GuardError(this.#disposed ? 'guard/disposed' : 'engine/failed');
  }

  /** Asks the engine something in turn with the pictures; `null` if there is no answer. Never rejects. */
  #exchange(
    request: (id: number) => Request & { id: number },
    frame: Frame | null = null,
    transfer: Transferable[] = frame?.kind === 'bitmap' ? [frame.bitmap] : [],
  ): Promise<Outcome | null> {
    return new Promise((resolve) => {
      this.#queue.add(async () => {
        const clock = new Timeout(this.#deadlineMs);
        const worker = await clock.within(this.#supervisor.engine());
        const id = (this.#lastId += 1);
        const there = worker !== LATE && worker !== null;
        const outcome = there ? await clock.within(worker.exchange(request(id), transfer)) : LATE;
        clock.clear();
        // In case it never left: nobody else would give it back.
        if (frame !== null) closeFrame(frame);
        if (outcome !== LATE && 'id' in outcome && outcome.id === id) return resolve(outcome.type === 'engine-lost' ? null : outcome);
        // Whatever else it says, or does not say, it is not to be trusted with the next picture.
        if (there && (outcome === LATE || outcome.type !== 'unsendable')) worker.end();
        resolve(null);
      });
    });
  }

  async #look(take: () => Taken | null): Promise<EngineWatched | null> {
    const clock = new Timeout(this.#deadlineMs);
    try {
      const worker = await clock.within(this.#supervisor.engine());
      if (worker === LATE || worker === null) return null;
      // Taken only now: the newest.
      const taken = take();
      if (taken === null) return null;
      const frame = await clock.within(taken.frame);
      if (frame === LATE) {
        void taken.frame.then(closeFrame);
        return null;
      }

      const id = (this.#lastId += 1);
      const send = (frame: Frame) =>
        clock.within(
          worker.exchange(
            { type: 'look', id, frame, sight: taken.sight },
            frame.kind === 'bitmap' ? [frame.bitmap] : [],
          ),
        );
      let outcome = await send(frame);
      if (outcome !== LATE && outcome.type === 'unsendable') {
        // The video's, not the worker's fault: of another origin.
        outcome = await send({ kind: 'unchecked', reason: 'not-readable' });
      }
      // In case it never left: nobody else would give it back.
      closeFrame(frame);
      if (outcome !== LATE && outcome.type === 'watched' && outcome.id === id) return outcome.watched;
      if (outcome === LATE || (outcome.type !== 'engine-lost' && outcome.type !== 'dead')) worker.end();
      return null;
    } finally {
      clock.clear();
    }
  }
}

function closeFrame(frame: Frame): void {
  if (frame.kind === 'bitmap') frame.bitmap.close();
}

function checkDirection(direction: string): void {
  if (direction !== 'outgoing' && direction !== 'incoming') throw new TypeError('direction/invalid');
}

function checkedDeadline(ms: number): number {
  if (!(ms >= 1 && ms <= LONGEST_MS)) throw new RangeError('deadline/out-of-range');
  return ms;
}
