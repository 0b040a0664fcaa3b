import type { MessagesGlue } from './engine.js';
import { carefully } from './live-messages.js';
import { MessageError } from './message-error.js';
import type { LanguagePackInfo } from './messages.js';

/** What a language pack is made of. */
export interface PackDraft extends Omit<LanguagePackInfo, 'rules' | 'language'> {
  /** The rules, as text; see `docs/packs.md`. */
  source: string;
}

/** What a pack says of itself, whoever signed it. */
export interface InspectedPack {
  /** `issuer`, `issued` and `expires` are `null` in a pack that came with a release. */
  about: Omit<LanguagePackInfo, 'issuer' | 'issued' | 'expires'> & { issuer: string | null; issued: number | null; expires: number | null };
  /** What is wrong with its signature, or `null`. */
  signature: string | null;
}

/** Making language packs and looking into them; in Node only. */
export interface PackTools {
  /**
   * The bytes of a pack without its signature: what is to be signed, and what the 64 bytes are to be appended to.
   *
   * @throws MessageError `pack/…`.
   * @throws PackSourceError where the source is wrong.
   */
  draftPack(draft: PackDraft): Uint8Array;
  /** Says what a pack says of itself; not a ground for trust. Throws `MessageError` `pack/…`. */
  inspectPack(bytes: Uint8Array): InspectedPack;
}

/** What is wrong with the source of a pack. */
export class PackSourceError extends MessageError {
  /** The line, from 1. */
  readonly line: number;

  /** @internal */
  constructor(code: string, line: number) {
    super(code);
    this.name = 'PackSourceError';
    this.line = line;
  }
}

/** The tools on an engine. @internal */
export function packTools(glue: MessagesGlue): PackTools {
  return {
    draftPack({ source, ...head }) {
      return carefully(() => {
        try {
          return glue.draftPack(JSON.stringify(head), source);
        } catch (error) {
          const wrong = /^\{"line":(\d+),"code":"([a-z/-]+)"\}$/.exec(error instanceof Error ? error.message : '');
          throw wrong === null ? error : new PackSourceError(wrong[2] ?? '', Number(wrong[1]));
        }
      });
    },
    inspectPack(bytes) {
      const { error, ...inspected } = JSON.parse(carefully(() => glue.inspectPack(bytes))) as InspectedPack & { error: string | null };
      if (error !== null) throw new MessageError(error);
      return inspected;
    },
  };
}
