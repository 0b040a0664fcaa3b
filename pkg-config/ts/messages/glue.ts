import { createGlue } from 'pausepoint-messages-glue';
import type { MessagesGlue } from './engine.js';
import { MessageError } from './message-error.js';

/** An instance of the module. Throws `MessageError`. */
export function startMessagesGlue(module: WebAssembly.Module): MessagesGlue {
  const glue = createGlue();
  try {
    glue.initSync({ module });
  } catch {
    throw new MessageError('assets/wasm-invalid');
  }
  return glue;
}
