import type { Guard } from '../client/index.js';
import { reportError } from '../client/report-error.js';
import type { Verdict } from '../client/verdict.js';
import type { Choice, Occasion } from '../elements/occasion.js';
import type { MessageOutlook, Messages } from '../messages/messages.js';
import type { Decision } from './decision.js';
import { canRetry, effect, type Finding, isHeld, nameOf, weightiest } from './finding.js';
import type { GuardSource } from './guard-source.js';
import { guardianCheck } from './guardian-check.js';
import { kindOf } from './kinds.js';
import { Cleaner } from './cleaner.js';
import type { PauseOptions, Sendable } from './options.js';
import type { Outlooks } from './outlooks.js';
import type { PauseRules } from './rules.js';
import { type Said, Screen } from './screen.js';

/** Files that are about to go out. */
export interface Outgoing<F extends Blob> {
  files: readonly F[];
  via: Decision['via'];
  peer?: string | undefined;
  signal?: AbortSignal | undefined;
}

/** What the pause is made of. */
export interface PauseParts {
  source: GuardSource;
  rules: PauseRules;
  options: PauseOptions;
  /** Told of pictures that went out after all. */
  messages: Pick<Messages, 'picture'> | undefined;
  outlooks: Outlooks;
}

/** Looks at files before they go out, asks about those that the policy holds, and says which may. */
export class Pause {
  readonly #parts: PauseParts;
  readonly #cleaner: Cleaner;
  readonly screen: Screen;
  /** What may go out already, and to whom, so that nobody is asked twice about the same. */
  readonly #passed = new WeakMap<Blob, Set<string | undefined>>();
  /** One question at a time, in the order in which files came. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: PauseParts) {
    this.#parts = parts;
    this.screen = new Screen(parts.options, parts.rules.ageBand);
    this.#cleaner = new Cleaner(parts.rules.metadata, parts.options.metadata, this.screen);
  }

  get rules(): PauseRules {
    return this.#parts.rules;
  }

  /** The guard; rejects where none could be started. */
  guard(): Promise<Guard> {
    return this.#parts.source.get();
  }

  /** Whether it has been found that a file may go out to somebody. */
  isPassed(file: Blob, peer: string | undefined): boolean {
    return this.#passed.get(file)?.has(peer) === true;
  }

  /**
   * Who can let something go on. What is forbidden is so for everybody; not being able to look is no finding, so there a
   * guardian's word counts. Where there is no guardian, nobody can speak for one.
   */
  wayOn(finding: Finding): PauseRules['wayOn'] {
    const { rules, options } = this.#parts;
    const isForbidden = effect(finding) === 'block' && finding.verdict.action !== 'unchecked';
    const wayOn = isForbidden ? 'none' : effect(finding) === 'block' ? 'guardian' : rules.wayOn;
    return wayOn === 'guardian' && options.guardian === undefined ? 'none' : wayOn;
  }

  /** Says which files may go out. Rejects only with the signal's reason. */
  beforeSend<F extends Blob>(outgoing: Outgoing<F>): Promise<Sendable<F>> {
    const result = this.#last.then(() => this.#beforeSend(outgoing));
    this.#last = result.catch(() => {});
    return result;
  }

  /** Asks about something that is not about to go out: a picture that came, a conversation that turned. */
  async ask(occasion: Pick<Occasion, 'about' | 'wayOn'> & Partial<Occasion>, peer: string | undefined, signal?: AbortSignal): Promise<Choice> {
    const { rules, options, outlooks } = this.#parts;
    const check = guardianCheck(occasion.wayOn, options.guardian);
    const whole: Occasion = {
      media: 'picture',
      count: 1,
      of: 1,
      canRetry: false,
      ageBand: rules.ageBand,
      outlook: outlooks.of(peer) as Occasion['outlook'],
      offers: { block: options.onBlock !== undefined, someone: options.onSomeone !== undefined },
      ...occasion,
      wayOn: check.wayOn,
    };
    const choice = await this.screen.ask(whole, signal, check.verify);
    this.carryOut(choice, peer);
    // Whatever an element says: the policy has the last word.
    return choice === 'go-on' && !check.isOpen() ? 'stop' : choice;
  }

  /** Asks about a conversation that has turned. */
  speakUp(peer: string, outlook: MessageOutlook, signal?: AbortSignal): Promise<Choice> {
    const { level, pattern, advice } = outlook;
    const said = level === null ? undefined : { level, pattern, advice };
    return this.ask({ about: 'conversation', wayOn: 'deliberate', outlook: said }, peer, signal);
  }

  async #beforeSend<F extends Blob>({ files, via, peer, signal }: Outgoing<F>): Promise<Sendable<F>> {
    signal?.throwIfAborted();
    let findings = await this.#look(files, peer, signal);
    let choice: Choice | null = null;
    let held = findings.filter(isHeld);
    const reasons = [...new Set(held.flatMap(({ verdict }) => verdict.reasons))];
    while (isSome(held)) {
      choice = await this.#askToSend(held, findings.length, peer, signal);
      if (choice !== 'retry') break;
      const again = held.filter(canRetry);
      const looked = await this.#look(again.map(({ file }) => file), peer, signal);
      const anew = new Map(again.map(({ place }, i) => [place, { ...(looked[i] as Finding<F>), place }]));
      findings = findings.map((finding) => anew.get(finding.place) ?? finding);
      held = findings.filter(isHeld);
      choice = null;
    }
    const leaves = choice === 'block' || choice === 'someone';
    const passing = leaves ? [] : choice === 'go-on' ? findings : findings.filter((one) => !isHeld(one));
    if (choice === 'go-on') this.#tellSent(held, peer);

    const cleaned = await this.#cleaner.clean(passing, signal);
    this.screen.say([...remarks(passing.filter((one) => effect(one) === 'notice'), findings.length), ...cleaned.remarks]);
    for (const file of cleaned.files) this.#passed.set(file, new Set(this.#passed.get(file)).add(peer));
    const withheld = files.length - cleaned.files.length;
    const { count: metadata } = cleaned;
    this.#tell({ via, peer, passed: cleaned.files.length, withheld, reasons, choice, metadata });
    return { files: cleaned.files, places: cleaned.places, withheld, choice };
  }

  #askToSend(held: [Finding, ...Finding[]], of: number, peer: string | undefined, signal: AbortSignal | undefined): Promise<Choice> {
    const most = weightiest(held);
    const occasion = {
      about: 'sending',
      finding: nameOf(most),
      media: mediaOf(held),
      count: held.length,
      of,
      wayOn: this.wayOn(most),
      canRetry: held.some(canRetry),
    } as const;
    return this.ask(occasion, peer, signal);
  }

  async #look<F extends Blob>(files: readonly F[], peer: string | undefined, signal: AbortSignal | undefined): Promise<Finding<F>[]> {
    const done = this.screen.looking(files.length);
    try {
      const findings: Finding<F>[] = [];
      for (const [place, file] of files.entries()) findings.push(await this.#lookAt(file, place, peer, signal));
      return findings;
    } finally {
      done();
    }
  }

  async #lookAt<F extends Blob>(file: F, place: number, peer: string | undefined, signal: AbortSignal | undefined): Promise<Finding<F>> {
    const kind = await kindOf(file);
    signal?.throwIfAborted();
    if (kind === 'other' || this.isPassed(file, peer)) return { file, place, kind, verdict: PASSES };
    try {
      const guard = await this.guard();
      const options = { direction: 'outgoing', peer, signal } as const;
      const verdict = kind === 'video' ? await guard.checkVideo(file, options) : await guard.checkImage(file, options);
      return { file, place, kind, verdict };
    } catch {
      signal?.throwIfAborted();
      // There is no guard, or it is gone: the policy decides, as with everything that nobody looked at.
      const { unchecked } = this.#parts.rules;
      return { file, place, kind, verdict: { action: 'unchecked', reasons: ['not-ready'], fallback: unchecked.outgoing } };
    }
  }

  /** Does what was chosen, as far as that is the app's to do. */
  carryOut(choice: Choice, peer: string | undefined): void {
    const { onBlock, onSomeone } = this.#parts.options;
    const run = choice === 'block' ? onBlock : choice === 'someone' ? onSomeone : undefined;
    carefully(() => run?.(peer));
  }

  #tellSent(held: readonly Finding[], peer: string | undefined): void {
    if (peer === undefined) return;
    if (held.some(({ verdict }) => verdict.reasons.includes('explicit'))) carefully(() => this.#parts.messages?.picture(peer, 'sent'));
  }

  #tell(decision: Decision): void {
    carefully(() => this.#parts.options.onDecision?.(decision));
  }
}

const PASSES: Pick<Verdict, 'action' | 'reasons' | 'fallback'> = { action: 'allow', reasons: [], fallback: null };

/** What is said of files that may go out, and are not without doubt. */
function remarks(noticed: readonly Finding[], of: number): Said[] {
  if (!isSome(noticed)) return [];
  const remark = nameOf(weightiest(noticed)) === 'unchecked' ? 'couldNotCheck' : 'noticeSending';
  return [{ remark, media: mediaOf(noticed), count: noticed.length, of }];
}

function mediaOf(findings: readonly Finding[]): Occasion['media'] {
  const kinds = new Set(findings.map(({ kind }) => kind));
  return kinds.size > 1 ? 'mixed' : kinds.has('video') ? 'video' : 'picture';
}

function isSome<T>(list: readonly T[]): list is [T, ...T[]] {
  return list.length > 0;
}

/** A mistake in the app's own code is seen, and does not decide what goes out. */
function carefully(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    reportError(error);
  }
}
