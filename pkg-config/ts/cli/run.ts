import { type Action, type Guard, GuardError, type GuardOptions } from '../node/index.js';
import { type Command, parseCommand, USAGE, UsageError } from './args.js';
import { ContactError } from '../contact/contact-error.js';
import type { Contacts } from '../contact/contacts.js';
import type { ContactOptions } from '../contact/options.js';
import { HashError } from '../hash/hash-error.js';
import type { Hasher } from '../hash/node.js';
import { MessageError } from '../messages/message-error.js';
import type { MetadataTool } from '../metadata/node.js';
import type { Messages } from '../messages/messages.js';
import type { MessagesOptions } from '../messages/options.js';
import type { PackTools } from '../messages/pack-tools.js';
import { contact } from './contact.js';
import { hash } from './hash.js';
import { kit } from './kit.js';
import { list } from './list.js';
import { match } from './match.js';
import { messages } from './messages.js';
import { pack } from './pack.js';
import { strip } from './strip.js';
import { humanLines, jsonLine, type Line } from './print.js';
import { policy } from './policy.js';
import { readPicture } from './read-picture.js';
import { readPolicy } from './read-policy.js';
import { STATUS, statusOf } from './status.js';

/** Where the command meets the world. */
export interface World {
  createGuard(options: GuardOptions): Promise<Guard>;
  createHasher(): Promise<Hasher>;
  createContacts(options: ContactOptions): Promise<Contacts>;
  createMetadataTool(): Promise<MetadataTool>;
  createMessages(options: MessagesOptions): Promise<Messages>;
  createPackTools(): Promise<PackTools>;
  version(): string;
  now(): Date;
  out(text: string): void;
  err(text: string): void;
}

/** Runs the command; gives the exit status. */
export async function run(args: readonly string[], world: World): Promise<number> {
  try {
    const command = parseCommand(args);
    switch (command.name) {
      case 'help':
        world.out(USAGE);
        return STATUS.allowed;
      case 'version':
        world.out(`${world.version()}\n`);
        return STATUS.allowed;
      case 'check':
        return await check(command, world);
      case 'hash':
        return await hash(command, world);
      case 'strip':
        return await strip(command, world);
      case 'kit':
        return await kit(command, world);
      case 'match':
        return await match(command, world);
      case 'contact':
        return await contact(command, world);
      case 'messages':
        return await messages(command, world);
      case 'policy-show':
      case 'policy-check':
        return await policy(command, world);
      case 'list-keygen':
      case 'list-build':
      case 'list-verify':
      case 'list-inspect':
        return await list(command, world);
      case 'pack-build':
      case 'pack-verify':
      case 'pack-inspect':
        return await pack(command, world);
    }
  } catch (error) {
    if (error instanceof HashError || error instanceof ContactError || error instanceof MessageError) {
      world.err(`pausepoint: the engine did not start: ${error.code}\n`);
      return STATUS.unchecked;
    }
    if (!(error instanceof UsageError)) throw error;
    world.err(`pausepoint: ${error.message}\n\n${USAGE}`);
    return STATUS.usage;
  }
}

async function check(command: Extract<Command, { name: 'check' }>, world: World): Promise<number> {
  const guard = await start(command, world);
  const actions: Action[] = [];
  for (const file of command.files) {
    const line = await checkFile(guard, file);
    actions.push(line.action);
    world.out(command.json ? `${jsonLine(line)}\n` : humanLines(line));
  }
  guard?.dispose();
  return statusOf(actions);
}

async function start(command: Extract<Command, { name: 'check' }>, world: World): Promise<Guard | null> {
  const { policy, model } = command;
  const whose = typeof policy === 'string' ? { ageBand: policy } : { policy: await readPolicy(policy.file) };
  try {
    return await world.createGuard({ ...whose, model });
  } catch (error) {
    if (!(error instanceof GuardError)) throw error;
    if (error.code.startsWith('policy/')) throw new UsageError(`the policy is not valid: ${error.code}`);
    // The files still get their answer: nobody looked at them.
    world.err(`pausepoint: the engine did not start: ${error.code}\n`);
    return null;
  }
}

async function checkFile(guard: Guard | null, file: string): Promise<Line> {
  if (guard === null) return unchecked(file, 'not-ready');
  const bytes = await readPicture(file, guard.info().limits.maxBytes);
  if (bytes === null) return unchecked(file, 'not-readable');
  return { file, ...(await guard.checkImage(bytes)) };
}

function unchecked(file: string, reason: string): Line {
  return { file, action: 'unchecked', reasons: [reason], scores: null, risk: null, millis: 0 };
}
