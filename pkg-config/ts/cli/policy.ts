import type { AgeBand } from '../client/options.js';
import { startContacts } from './contact.js';
import { printable } from './print.js';
import type { World } from './run.js';
import { STATUS } from './status.js';

/** `policy show` and `policy check`. */
export interface PolicyCommand {
  name: 'policy-show' | 'policy-check';
  json: boolean;
  policy: AgeBand | { file: string };
  profiles: string[];
}

/** Prints a policy, or which clauses of profiles it meets by itself; gives the exit status. */
export async function policy(command: PolicyCommand, world: World): Promise<number> {
  const contacts = await startContacts(command, world);
  if (command.name === 'policy-show') {
    world.out(`${JSON.stringify(contacts.policy(), null, 2)}\n`);
    return STATUS.allowed;
  }
  const names = command.profiles.length > 0 ? command.profiles : [...contacts.profileNames];
  const bare = await startContacts({ policy: command.policy, profiles: [] }, world);
  const found = (await startContacts({ policy: command.policy, profiles: names }, world)).auditPolicy(bare.policy());
  const all = Object.values(found).flat();
  if (command.json) {
    world.out(`${JSON.stringify(found)}\n`);
  } else {
    world.out('The policy is valid. By itself, without the profiles over it, it meets:\n');
    for (const [name, findings] of Object.entries(found)) {
      const lines = findings.map(({ clause, is_met, short_of, host }) => {
        const verdict = is_met ? 'met' : `not met: ${short_of.join(', ')}`;
        return `  ${printable(clause)}: ${printable(verdict)}${host === null ? '' : `\n    stays with the app: ${printable(host)}`}\n`;
      });
      world.out(`${printable(name)}\n${lines.join('')}`);
    }
  }
  return all.every(({ is_met }) => is_met) ? STATUS.allowed : STATUS.stopped;
}
