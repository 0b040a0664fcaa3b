import { createGlue } from 'pausepoint-contact-glue';
import { ContactError } from './contact-error.js';
import type { ContactGlue } from './engine.js';

/** An instance of the module. Throws `ContactError`. */
export function startContactGlue(module: WebAssembly.Module): ContactGlue {
  const glue = createGlue();
  try {
    glue.initSync({ module });
  } catch {
    throw new ContactError('assets/wasm-invalid');
  }
  return glue;
}
