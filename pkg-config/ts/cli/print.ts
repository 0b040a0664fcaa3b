import type { Verdict } from '../node/index.js';

/** What is printed of a verdict. */
export type Line = Pick<Verdict, 'action' | 'reasons' | 'scores' | 'risk' | 'millis'> & { file: string };

/** One JSON object a line, for programs. */
export function jsonLine({ file, action, reasons, scores, risk, millis }: Line): string {
  return JSON.stringify({ file, action, reasons, scores, risk, millis });
}

/** Two lines, for people. */
export function humanLines({ file, action, reasons, scores, risk, millis }: Line): string {
  const head = `${printable(file)}: ${action}${reasons.length > 0 ? ` (${reasons.join(', ')})` : ''}`;
  if (scores === null) return `${head}\n`;
  const shares = (['drawing', 'hentai', 'neutral', 'porn', 'sexy'] as const)
    .map((name) => `${name} ${scores[name].toFixed(3)}`)
    .join('  ');
  return `${head}\n  ${shares}  risk ${(risk ?? 0).toFixed(3)}  ${Math.round(millis)} ms\n`;
}

/** A file's name, unable to move the cursor or to recolour the terminal. */
export function printable(name: string): string {
  return name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}
