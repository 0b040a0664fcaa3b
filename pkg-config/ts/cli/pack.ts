import { MessageError } from '../messages/message-error.js';
import { type InspectedPack, PackSourceError, type PackTools } from '../messages/pack-tools.js';
import { dated, expiry } from './dates.js';
import { issuerIn, publicKey } from './keys.js';
import { read } from './list.js';
import { printable } from './print.js';
import type { World } from './run.js';
import { STATUS } from './status.js';
import { UsageError } from './usage-error.js';
import { writeOwn } from './write-file.js';

/** `pack …`: making language packs, and looking into them. */
export type PackCommand =
  | { name: 'pack-build'; key: string; title: string; version: number; expires: string; output: string; force: boolean; file: string }
  | { name: 'pack-verify'; trust: string; after: number; json: boolean; file: string }
  | { name: 'pack-inspect'; json: boolean; file: string };

type Of<Name> = Extract<PackCommand, { name: Name }>;

/** Makes, checks and explains language packs; gives the exit status. */
export async function pack(command: PackCommand, world: World): Promise<number> {
  switch (command.name) {
    case 'pack-build':
      return build(command, world, await world.createPackTools());
    case 'pack-verify':
      return verify(command, world);
    case 'pack-inspect':
      return inspect(command, world, await world.createPackTools());
  }
}

function build(command: Of<'pack-build'>, world: World, tools: PackTools): number {
  const issuer = issuerIn(command.key);
  const issued = Math.floor(world.now().getTime() / 1000);
  const expires = expiry(command.expires, issued);
  const { title: name, version, file, output } = command;
  const source = read(file).toString('utf8');
  try {
    const unsigned = tools.draftPack({ issuer: issuer.id, name, version, issued, expires, source });
    const bytes = Buffer.concat([unsigned, issuer.sign(unsigned)]);
    const inspected = tools.inspectPack(bytes);
    writeOwn(output, bytes, command.force);
    world.out(describe(inspected));
    return STATUS.allowed;
  } catch (error) {
    if (error instanceof PackSourceError) throw new UsageError(`${file}: line ${error.line}: ${error.code}`);
    if (error instanceof MessageError) throw new UsageError(`the pack cannot be made: ${error.code}`);
    throw error;
  }
}

async function verify({ trust, after, json, file }: Of<'pack-verify'>, world: World): Promise<number> {
  const messages = await world.createMessages({ languages: ['en'], trustedIssuers: [publicKey(trust)] });
  let refused: string | null = null;
  try {
    await messages.packs.take(read(file));
    if ((messages.packs.inUse[0]?.version ?? 0) <= after) refused = 'pack/older';
  } catch (error) {
    if (!(error instanceof MessageError)) throw error;
    refused = error.code;
  }
  world.out(json ? `${JSON.stringify({ file, refused })}\n` : `${printable(file)}: ${refused ?? 'whole, rightly signed, in time'}\n`);
  return refused === null ? STATUS.allowed : STATUS.stopped;
}

function inspect({ json, file }: Of<'pack-inspect'>, world: World, tools: PackTools): number {
  try {
    const inspected = tools.inspectPack(read(file));
    world.out(json ? `${JSON.stringify({ file, ...inspected })}\n` : describe(inspected));
    return inspected.signature === null ? STATUS.allowed : STATUS.stopped;
  } catch (error) {
    if (!(error instanceof MessageError)) throw error;
    world.out(json ? `${JSON.stringify({ file, refused: error.code })}\n` : `${printable(file)}: ${error.code}\n`);
    return STATUS.stopped;
  }
}

function describe({ about, signature }: InspectedPack): string {
  const lines: [string, string][] = [
    ['name', printable(about.name)],
    ['language', printable(about.language)],
    ['issuer', about.issuer ?? 'none: it came with a release'],
    ['version', `${about.version}`],
    ['issued', about.issued === null ? 'with its release' : dated(about.issued)],
    ['expires', about.expires === null ? 'never' : dated(about.expires)],
    ['rules', `${about.rules}`],
    ['signature', signature ?? 'right'],
  ];
  return lines.map(([name, value]) => `${name.padEnd(11)}${value}\n`).join('');
}
