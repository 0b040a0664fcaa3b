import type { MetadataTool } from 'pausepoint/metadata';
import type { DemoGuardian } from '../demo-guardian.js';
import type { Messenger } from '../messenger.js';
import type { Protection } from '../protection.js';
import type { Age } from '../text.js';

/** What a scene plays on. */
export interface Set {
  messenger: Messenger;
  protection: Protection;
  guardian: DemoGuardian;
  metadata: Promise<MetadataTool>;
  age(): Age;
  /** Changes who is protected, as the switch does; also where that is the same, for another guardian. */
  protectAs(age: Age): void;
}

/** Plays to its end, or rejects with the signal's reason. */
export type Scene = (set: Set, signal: AbortSignal) => Promise<void>;
