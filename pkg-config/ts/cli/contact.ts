import type { ContactAnswer } from '../contact/answers.js';
import type { ContactFacts } from '../contact/facts.js';
import { ContactError } from '../contact/contact-error.js';
import type { Contacts } from '../contact/contacts.js';
import type { AgeBand } from '../client/options.js';
import { printable } from './print.js';
import { readPolicy } from './read-policy.js';
import type { World } from './run.js';
import { STATUS } from './status.js';
import { textOf } from './text-of.js';
import { UsageError } from './usage-error.js';

/** `contact`: what may happen, line by line. */
export interface ContactCommand {
  name: 'contact';
  json: boolean;
  /** Nothing where the facts say whose. */
  policy: AgeBand | { file: string } | undefined;
  profiles: string[];
  files: string[];
}

/** What is printed of a line. */
type Line = Omit<ContactAnswer, 'tell'> & { tell?: string[] };

/** Prints what may happen with each contact; gives the exit status. */
export async function contact(command: ContactCommand, world: World): Promise<number> {
  const contacts = await startContacts(command, world);
  const { version } = contacts.policy() as { version: string };
  let status: number = STATUS.allowed;
  for (const file of command.files) {
    const text = textOf(file);
    if (text === null) {
      world.err(`pausepoint: "${printable(file)}" cannot be read\n`);
      status = STATUS.unchecked;
      continue;
    }
    for (const line of text.replace(/^\ufeff/, '').split(/\r?\n/)) {
      if (line.trim() === '') continue;
      const answer = decide(contacts, line, version);
      // Nobody could look at bad facts, which weighs more than what was seen and stopped.
      if (answer.reasons[0]?.startsWith('contact/')) status = STATUS.unchecked;
      else if (answer.decision !== 'allow' && status === STATUS.allowed) status = STATUS.stopped;
      world.out(command.json ? `${JSON.stringify(answer)}\n` : sentence(answer));
    }
  }
  return status;
}

/** The engine with what the command line asks for. Throws `UsageError` for a policy or a profile that is none. */
export async function startContacts({ policy, profiles }: Pick<ContactCommand, 'policy' | 'profiles'>, world: World): Promise<Contacts> {
  const whose = typeof policy === 'string' ? { ageBand: policy } : policy === undefined ? {} : { policy: await readPolicy(policy.file) };
  try {
    return await world.createContacts({ ...whose, profiles: await Promise.all(profiles.map(profileOf)) });
  } catch (error) {
    if (!(error instanceof ContactError) || /^(assets|engine)\//.test(error.code)) throw error;
    throw new UsageError(`the policy or a profile is not valid: ${error.code}`);
  }
}

/** A profile by its name, or from a file. */
async function profileOf(name: string): Promise<string | object> {
  return /^[a-z0-9-]+$/.test(name) ? name : readPolicy(name);
}

function decide(contacts: Contacts, line: string, version: string): Line {
  let id: string | null = null;
  try {
    const facts = JSON.parse(line) as ContactFacts;
    if (typeof facts?.id === 'string') id = facts.id;
    // Files are decided the same today and tomorrow.
    if (facts?.now == null) throw new ContactError('contact/form');
    return contacts.decide(facts);
  } catch (error) {
    const code = error instanceof ContactError ? error.code : 'contact/form';
    return { id, decision: 'block', reasons: [code], missing: [], policy_version: version };
  }
}

function sentence({ id, decision, reasons, missing, tell = [] }: Line): string {
  const rest = [
    `  because: ${reasons.join(', ')}\n`,
    missing.length > 0 ? `  not known, and could change it: ${missing.join(', ')}\n` : '',
    tell.length > 0 ? `  tell: ${tell.join(', ')}\n` : '',
  ];
  return `${id === null ? '(no id)' : printable(id)}: ${decision}\n${rest.map(printableLine).join('')}`;
}

const printableLine = (line: string) => (line === '' ? '' : `${printable(line.slice(0, -1))}\n`);
