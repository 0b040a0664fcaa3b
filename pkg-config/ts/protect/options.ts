import type { Guard } from '../client/index.js';
import type { GuardOptions } from '../client/options.js';
import type { Choice } from '../elements/occasion.js';
import type { Guardian } from '../guardian/guardian.js';
import type { MetadataTool } from '../metadata/index.js';
import type { Decision } from './decision.js';

/** What the pause needs beside a guard. */
export interface PauseOptions {
  /** Language of what the person reads, a BCP 47 tag. Default: that of the page, else of the browser. */
  locale?: string | undefined;
  /** Where the person is, ISO 3166-1 alpha-2, for the help directory. Default: what the locale says; it can be chosen there. */
  country?: string | undefined;
  /** Whose PIN lets a picture go on where the policy asks for a guardian. Without it nobody can, where it does. */
  guardian?: Pick<Guardian, 'confirm'> | undefined;
  /** Blocks the other side in the app. Without it, the pause does not offer to. */
  onBlock?: ((peer: string | undefined) => void) | undefined;
  /** Opens a conversation with somebody whom the person trusts. Without it, the pause does not offer to. */
  onSomeone?: ((peer: string | undefined) => void) | undefined;
  /** Told what became of files, in numbers and codes. An error that it throws is reported only. */
  onDecision?: ((decision: Decision) => void) | undefined;
  /** What removes metadata. Default: one of its own, unless the policy keeps metadata. */
  metadata?: Pick<MetadataTool, 'scan' | 'strip'> | Promise<Pick<MetadataTool, 'scan' | 'strip'>> | undefined;
}

/** Options of `guard.protect`. */
export interface ProtectOptions {
  /**
   * Your name for whom pictures go to, or what finds it from the element that they were given to; as `peer` of
   * `checkImage`. It never leaves the device.
   */
  peer?: string | ((target: EventTarget | null) => string | undefined) | undefined;
  /**
   * Whether pictures that the page's own code takes from a camera are held as well, for which functions of the page's
   * canvases are replaced. Default: yes.
   */
  camera?: boolean | undefined;
  /** Ends it, as `stop` does. */
  signal?: AbortSignal | undefined;
}

/** Options of `protect`, which starts a guard unless there is one. */
export type ProtectPageOptions = GuardOptions &
  PauseOptions &
  ProtectOptions & {
    /**
     * A guard that runs, or starts. The options that would make one then have no effect, but for `ageBand` and `policy`, and
     * the pause does not know what conversations look like: `createGuard` of this entry makes one that tells it.
     */
    guard?: Guard | Promise<Guard> | undefined;
  };

/** What `beforeSend` is told. */
export interface SendContext {
  /** Your name for whom they go to; as `peer` of `checkImage`. */
  peer?: string | undefined;
  /** Gives up: nothing goes out, the pause closes, and the promise rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
}

/** What may go out. */
export interface Sendable<F extends Blob = Blob> {
  /** Those that may, in their order. The very objects, but for those from which metadata was removed. */
  files: F[];
  /** Which they are among those that were asked about, counted from 0. */
  places: number[];
  /** How many may not. */
  withheld: number;
  /** What the person chose, if they were asked. */
  choice: Choice | null;
}

/** A page, or a part of one, whose pictures are paused on their way out. */
export interface Protection {
  /** Ends it: what is held is given up. */
  stop(): void;
}
