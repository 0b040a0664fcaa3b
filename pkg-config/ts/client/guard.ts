/// <reference lib="esnext.disposable" preserve="true" />
import type { ContactAnswer } from '../contact/answers.js';
import type { ChatMessage, MessageOutlook } from '../messages/messages.js';
import type { ContactFacts } from '../contact/facts.js';
import type { CheckOptions } from './check-options.js';
import type { HashLists, OwnList } from './lists.js';
import type { Limits } from './options.js';
import type { Verdict } from './verdict.js';
import type { VideoCheckOptions, VideoVerdict } from './video-verdict.js';
import type { Watch, WatchOptions } from './watch.js';

/** What is in force. */
export interface GuardInfo {
  /** Version of the engine. */
  version: string;
  /** The WebAssembly build in use. */
  build: string;
  /** The model in use. */
  model: {
    /** `mid` or `small`. */
    name: string;
    /** BLAKE3 of the model file's content, in hexadecimal. */
    digest: string;
    /** Class names, in the order of the model's outputs. */
    classes: string[];
  };
  /** The policy in force. */
  policy: {
    /** Its version. */
    version: string;
    /** The age band that it is for. */
    ageBand: string;
  };
  /** The limits in force. */
  limits: Limits;
}

/** What a guard has done since it started, for those who want to see for themselves. */
export interface Diagnostics {
  /**
   * Network requests since `createGuard` resolved. Stays 0, unless workers had to be ended more than once: see
   * “Requests” in the package's README.
   */
  requestsSinceReady: number;
  /** Workers started so far, the spare one included. */
  workersStarted: number;
}

/**
 * A running guard. It has one worker and looks at one picture at a time, in the order of the calls.
 *
 * @typeParam Source - what `checkImage` takes on this platform
 * @typeParam Video - what `watch` takes on this platform
 */
export interface GuardOf<Source, Video = never> {
  /**
   * Looks at one picture. The source is read as it is at the moment of the call.
   *
   * A bad picture is never an error: it gets a verdict, `unchecked` if need be.
   *
   * @throws TypeError if `source` is no kind of picture source, or `direction` is neither direction.
   * @throws RangeError if `deadlineMs` is out of range.
   * @throws GuardError `guard/disposed` if the guard has been disposed of, before or meanwhile.
   * @throws The signal's reason, if it was aborted.
   */
  checkImage(source: Source, options?: CheckOptions): Promise<Verdict>;
  /**
   * Looks at a video file: at a frame a second, at least eight, and one of each new scene; pictures that wait go between
   * them. It is neither played aloud nor shown. Only in browsers, and only where the page's policy has `media-src blob:`.
   *
   * A bad file is never an error: it gets a verdict, `unchecked` if need be.
   *
   * @throws TypeError if `file` is no file, or `direction` is neither direction.
   * @throws GuardError `video/not-supported` where there are no videos (Node); `guard/disposed`.
   * @throws The signal's reason.
   */
  checkVideo(file: Blob, options?: VideoCheckOptions): Promise<VideoVerdict>;
  /**
   * Watches a live video: looks at its newest frame as often as the device can bear, at most half of the time and only
   * while no picture waits, and tells what holds when that changes. Frames in between are dropped, never queued.
   *
   * @throws TypeError if `source` is no kind of video source, or `direction` is neither direction.
   * @throws RangeError if `maxRate` is out of range.
   * @throws GuardError `watch/not-supported` where there are no videos (Node); `guard/disposed`.
   * @throws The signal's reason, if it was aborted before.
   *
   * @example
   * ```ts
   * const watch = guard.watch(video, { direction: 'incoming', onChange: ({ action, fallback }) => {
   *   video.classList.toggle('covered', (fallback ?? action) !== 'allow');
   * } });
   * ```
   */
  watch(source: Video, options?: WatchOptions): Watch;
  /**
   * Decides what may happen with a contact, on the thread that asks, within microseconds. Wants `contacts` in the options.
   *
   * @throws ContactError `contact/…` for facts that cannot be. Nothing is allowed then.
   * @throws GuardError `contacts/not-given`; `guard/disposed`.
   */
  checkContact(facts: ContactFacts): ContactAnswer;
  /**
   * Takes the next message of a conversation, on the thread that asks. Wants `messages` in the options.
   *
   * @throws MessageError `message/…`.
   * @throws GuardError `messages/not-given`; `guard/disposed`.
   */
  checkMessage(peer: string, message: ChatMessage): MessageOutlook;
  /** Lists of hashes that organisations issue: pictures in them are noticed, whatever they show. */
  readonly lists: HashLists;
  /** Pictures that the user never wants to go out again. */
  readonly ownList: OwnList<Source>;
  /** What is in force. */
  info(): GuardInfo;
  /** Counts requests and workers. Waits for its turn behind pictures. */
  diagnostics(): Promise<Diagnostics>;
  /** Ends the workers and every watch. Calls that wait reject with `guard/disposed`. May be called twice. */
  dispose(): void;
  /** The same as `dispose`, for `using`. */
  [Symbol.dispose](): void;
}
