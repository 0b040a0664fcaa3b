/** Joins letters and emoji; without it names in Persian or with families in them fall apart. */
const JOINERS = /[\u200c\u200d]/u;

/**
 * A name or a note on one line, in which nothing is hidden and nothing changes how the rest is read: control characters,
 * writing direction and halves of characters become visible codes.
 */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) =>
    JOINERS.test(character) ? character : `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}
