import type { MetadataTool } from '../metadata/index.js';
import type { Finding } from './finding.js';
import type { PauseOptions } from './options.js';
import type { PauseRules } from './rules.js';
import type { Said, Screen } from './screen.js';

/** Pictures without what they say about where and when they were taken. */
export interface Cleaned<F extends Blob> {
  files: F[];
  /** What is to be said of it. */
  remarks: Said[];
  /** From how many something was removed, and from how many it could not be. */
  count: { cleaned: number; unable: number };
}

type Tool = Pick<MetadataTool, 'scan' | 'strip'>;

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
    const files = findings.map(({ file }) => file);
    const count = { cleaned: 0, unable: 0 };
    const pictures = findings.flatMap(({ kind }, place) => (kind === 'picture' ? [place] : []));
    if (this.#tool === null || pictures.length === 0) return { files, remarks: [], count };

    let credentials = 0;
    const strip = async (place: number): Promise<void> => {
      try {
        const { file, removed } = await (await (this.#tool as Promise<Tool>)).strip(files[place] as F, { signal });
        if (removed.length === 0) return;
        files[place] = file;
        count.cleaned += 1;
        if (removed.some(({ kind }) => kind === 'c2pa')) credentials += 1;
      } catch {
        signal?.throwIfAborted();
        count.unable += 1;
      }
    };
    if (this.#rule === 'ask' && !(await this.#wantsRemoval(pictures.map((place) => files[place] as F), signal))) return { files, remarks: [], count };
    for (const place of pictures) await strip(place);
    const say = (remark: Said['remark'], of: number): Said[] => (of === 0 ? [] : [{ remark, media: 'picture', count: of, of: files.length }]);
    const remarks = [...say('metadataRemoved', count.cleaned), ...say('contentCredentialsRemoved', credentials), ...say('metadataNotRemovable', count.unable)];
    return { files, remarks, count };
  }

  /** Asks, where there is anything to remove. */
  async #wantsRemoval(files: readonly Blob[], signal: AbortSignal | undefined): Promise<boolean> {
    const tool = await (this.#tool as Promise<Tool>).catch(() => null);
    const says = async (file: Blob) => (tool === null ? false : (await tool.scan(file, { signal })).found.length > 0);
    const answers = await Promise.all(files.map((file) => says(file).catch(() => false)));
    signal?.throwIfAborted();
    return answers.includes(true) && this.#screen.askToRemove(signal);
  }
}
