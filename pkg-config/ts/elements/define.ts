import { PausepointIntervention } from './intervention.js';
import { PausepointStatus } from './status.js';

/** Makes the elements known to the page. Does nothing the second time, and where there is no page. */
export function defineElements(): void {
  const registry = globalThis.customElements;
  if (registry === undefined) return;
  if (registry.get('pausepoint-intervention') === undefined) registry.define('pausepoint-intervention', PausepointIntervention);
  if (registry.get('pausepoint-status') === undefined) registry.define('pausepoint-status', PausepointStatus);
}
