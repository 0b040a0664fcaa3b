import type { AgeBand } from '../client/options.js';
import { MessageError } from '../messages/message-error.js';
import type { MessageLevel, Messages, PeerAbout } from '../messages/messages.js';
import type { Language } from '../messages/options.js';
import { printable } from './print.js';
import { readPolicy } from './read-policy.js';
import type { World } from './run.js';
import { STATUS } from './status.js';
import { textOf } from './text-of.js';
import { UsageError } from './usage-error.js';

/** `messages`: what conversations are signs of, turn by turn. */
export interface MessagesCommand {
  name: 'messages';
  json: boolean;
  /** All where none is asked for. */
  language: Language | undefined;
  /** Nothing where the conversations say whose. */
  policy: AgeBand | { file: string } | undefined;
  files: string[];
}

/** A conversation on disk, as far as it is read. */
interface Conversation {
  id?: unknown;
  self?: { age_band?: unknown } | null;
  peer?: PeerAbout | null;
  turns: { from: 'peer' | 'self'; text: string; t_min?: number | null }[];
}

/** What is printed of a conversation. */
interface Line {
  id: string | null;
  alerts: { turn: number; level: MessageLevel; reasons: readonly string[] }[];
  error?: string;
}

const AGE_BANDS: readonly unknown[] = ['under-13', '13-15', '16-17', 'adult'] satisfies AgeBand[];
const PEER = 'peer';

/** Prints when to speak up in each conversation; gives the exit status. */
export async function messages(command: MessagesCommand, world: World): Promise<number> {
  const engines = new Map<string, Promise<Messages>>();
  const languages = command.language === undefined ? undefined : [command.language];
  const own = typeof command.policy === 'object' ? await readPolicy(command.policy.file) : undefined;
  const engineFor = (ageBand: AgeBand) => {
    const key = own === undefined ? ageBand : '';
    const known = engines.get(key) ?? world.createMessages({ languages, ...(own === undefined ? { ageBand } : { policy: own }) });
    engines.set(key, known);
    return known;
  };
  let status: number = STATUS.allowed;
  for (const file of command.files) {
    const text = textOf(file);
    if (text === null) {
      world.err(`pausepoint: "${printable(file)}" cannot be read\n`);
      status = STATUS.unchecked;
      continue;
    }
    for (const json of text.replace(/^\ufeff/, '').split(/\r?\n/)) {
      if (json.trim() === '') continue;
      const line = await follow(json, command, engineFor);
      // What could not be read weighs more than what was seen.
      if (line.error !== undefined) status = STATUS.unchecked;
      else if (line.alerts.some(({ level }) => level !== 'notice') && status === STATUS.allowed) status = STATUS.stopped;
      world.out(command.json ? `${JSON.stringify(line)}\n` : sentence(line));
    }
  }
  return status;
}

async function follow(json: string, { policy }: MessagesCommand, engineFor: (ageBand: AgeBand) => Promise<Messages>): Promise<Line> {
  let id: string | null = null;
  try {
    const value = parsed(json);
    if (typeof value?.id === 'string') id = value.id;
    const conversation = conversationOf(value);
    const engine = await engineFor(typeof policy === 'string' ? policy : bandOf(conversation)).catch((error: unknown) => {
      throw error instanceof MessageError && /^(policy|rules)\//.test(error.code) ? new UsageError(`the policy is not valid: ${error.code}`) : error;
    });
    return { id, alerts: alertsOf(engine, conversation) };
  } catch (error) {
    if (!(error instanceof MessageError) || /^(assets|engine|options)\//.test(error.code)) throw error;
    return { id, alerts: [], error: error.code };
  }
}

/** Only what was written so far is known at each turn. */
function alertsOf(engine: Messages, { peer, turns }: Conversation): Line['alerts'] {
  engine.forget(PEER);
  if (peer !== null && typeof peer === 'object') engine.meet(PEER, peer);
  const alerts: Line['alerts'] = [];
  for (const [turn, { from, text, t_min }] of turns.entries()) {
    const { level, raised, reasons } = engine.check(PEER, { from, text, at: minutes(t_min) });
    if (raised && level !== null) alerts.push({ turn, level, reasons });
  }
  return alerts;
}

function parsed(json: string): Partial<Conversation> | null {
  try {
    return JSON.parse(json) as Partial<Conversation> | null;
  } catch {
    throw new MessageError('message/form');
  }
}

function conversationOf(value: Partial<Conversation> | null): Conversation {
  const { turns } = value ?? {};
  if (!Array.isArray(turns) || turns.some((turn) => typeof turn !== 'object' || turn === null)) throw new MessageError('message/form');
  return { ...value, turns };
}

/** Whose device it is; unknown is the youngest. */
function bandOf({ self }: Conversation): AgeBand {
  const band = self?.age_band;
  return AGE_BANDS.includes(band) ? (band as AgeBand) : 'under-13';
}

/** Minutes since the first message, as a time: a file is judged the same today and tomorrow. */
function minutes(t_min: number | null | undefined): number {
  return typeof t_min === 'number' && Number.isFinite(t_min) ? t_min * 60_000 : 0;
}

function sentence({ id, alerts, error }: Line): string {
  const name = id === null ? '(no id)' : printable(id);
  if (error !== undefined) return `${name}: not read: ${error}\n`;
  if (alerts.length === 0) return `${name}: nothing to say\n`;
  const lines = alerts.map(({ turn, level, reasons }) => `  turn ${turn}: ${level}: ${reasons.join(', ')}\n`);
  return `${name}:\n${lines.join('')}`;
}
