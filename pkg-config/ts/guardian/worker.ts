/** The browser's worker script of guardian settings: looks at PINs, which takes a second. */
import { GuardianError } from './guardian-error.js';
import { perform, startGuardianGlue } from './perform.js';
import type { GuardianCall, GuardianReply } from './protocol.js';

// The compiler knows either pages or workers, not both in one project.
const scope = globalThis as unknown as {
  postMessage(reply: GuardianReply): void;
  onmessage: (event: MessageEvent<GuardianCall>) => void;
};

scope.onmessage = ({ data: { id, module, stored, operation } }) => {
  try {
    // Made for this and thrown away, with the tens of megabytes that Argon2 took.
    scope.postMessage({ id, performed: perform(startGuardianGlue(module), stored, operation) });
  } catch (error) {
    scope.postMessage({ id, code: error instanceof GuardianError ? error.code : 'engine/failed' });
  }
};
scope.postMessage({ id: null });
