import type { MetadataTool } from '../metadata/index.js';
import type { Finding } from './finding.js';
import type { PauseOptions } from './options.js';
import type { PauseRules } from './rules.js';
import type { Said, Screen } from './screen.js';

/** What goes out, without what its files say about where and when they were taken. */
export interface Cleaned<F extends Blob> {
  files: F[];
  /** Which they are among those that were asked about. */
  places: number[];
  /** What is to be said of it. */
  remarks: Said[];
  /** From how many something was removed, and from how many it could not be. */
  count: { cleaned: number; unable: number };
}

type Tool = Pick<MetadataTool, 'scan' | 'strip'>;

/** A file on its way through. */
interface Passing<F extends Blob> {
  file: F;
  place: number;
  became: 'same' | 'cleaned' | 'without-credentials' | 'unable';
}

/** Removes metadata from what goes out, as the policy says. */
export class Cleaner {
  readonly #rule: PauseRules['metadata'];
  readonly #tool: Promise<Tool> | null;
  readonly #screen: Screen;

  constructor(rule: PauseRules['metadata'], tool: PauseOptions['metadata'], screen: Screen) {
    this.#rule = rule;
    this.#screen = screen;
    this.#tool = rule === 'keep' || tool === undefined ? null : Promise.resolve(tool);
    // Where it cannot be had, each file says so when its turn comes.
    this.#tool?.catch(() => {});
  }

  /** Rejects only with the signal's reason. */
  async clean<F extends Blob>(findings: readonly Finding<F>[], signal: AbortSignal | undefined): Promise<Cleaned<F>> {
    const tool = this.#tool;
    const pictures = findings.filter(({ kind }) => kind === 'picture');
    const isWanted = tool !== null && (this.#rule === 'remove' || (await this.#wantsRemoval(tool, pictures, signal)));
    const all: Passing<F>[] = [];
    for (const finding of findings) all.push(await strip(finding, isWanted ? tool : null, signal));

    const became = (...kinds: Passing<F>['became'][]) => all.filter((one) => kinds.includes(one.became)).length;
    const count = { cleaned: became('cleaned', 'without-credentials'), unable: became('unable') };
    const about = (of: number) => ({ media: 'picture' as const, count: of, of: findings.length });
    const stays = count.unable > 0 && (await this.#screen.askToKeep(about(count.unable), signal));
    const kept = stays ? all.filter((one) => one.became !== 'unable') : all;
    const said = (remark: Said['remark'], of: number): Said[] => (of === 0 ? [] : [{ remark, ...about(of) }]);
    const remarks = [...said('metadataRemoved', count.cleaned), ...said('contentCredentialsRemoved', became('without-credentials'))];
    return { files: kept.map(({ file }) => file), places: kept.map(({ place }) => place), remarks, count };
  }

  /** Asks, where there is anything to remove. What cannot be looked into has nothing that could be. */
  async #wantsRemoval(tool: Promise<Tool>, pictures: readonly Finding[], signal: AbortSignal | undefined): Promise<boolean> {
    const says = async ({ file }: Finding) => (await (await tool).scan(file, { signal })).found.length > 0;
    const answers = await Promise.all(pictures.map((one) => says(one).catch(() => false)));
    signal?.throwIfAborted();
    return answers.includes(true) && this.#screen.askToRemove(signal);
  }
}

/** @param tool - `null` where nothing is to be removed */
async function strip<F extends Blob>(finding: Finding<F>, tool: Promise<Tool> | null, signal: AbortSignal | undefined): Promise<Passing<F>> {
  const { file, place, kind } = finding;
  if (tool === null || kind !== 'picture') return { file, place, became: 'same' };
  try {
    const stripped = await (await tool).strip(file, { signal });
    const isCredential = stripped.removed.some((one) => one.kind === 'c2pa');
    return { file: stripped.file, place, became: stripped.removed.length === 0 ? 'same' : isCredential ? 'without-credentials' : 'cleaned' };
  } catch {
    signal?.throwIfAborted();
    return { file, place, became: 'unable' };
  }
}
