import { Camera } from './intercept/camera.js';
import { Drops } from './intercept/drops.js';
import { Forms } from './intercept/forms.js';
import { Hold } from './intercept/hold.js';
import { Inputs } from './intercept/inputs.js';
import { Pastes } from './intercept/pastes.js';
import { holdPickers } from './intercept/pickers.js';
import type { Protection, ProtectOptions } from './options.js';
import type { Pause } from './pause.js';

/** A protection, with what its end is told by. */
export interface LiveProtection extends Protection {
  readonly signal: AbortSignal;
}

/** Holds what goes out of a page, or of a part of it, until the pause has said which of it may. */
export function protectWith(pause: Pause, root: Document | Element | ShadowRoot, options: ProtectOptions): LiveProtection {
  const { peer, camera = true, signal } = options;
  signal?.throwIfAborted();
  const end = new AbortController();
  const stop = () => end.abort();
  signal?.addEventListener('abort', stop, { signal: end.signal });

  const hold = new Hold(pause, root, typeof peer === 'function' ? peer : () => peer, end.signal);
  const inputs = new Inputs(hold);
  new Forms(hold, inputs);
  new Drops(hold, inputs);
  new Pastes(hold);
  holdPickers(hold);
  if (camera) new Camera(hold);
  return { stop, signal: end.signal };
}
