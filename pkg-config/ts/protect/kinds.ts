/** What a file is, as far as it matters here. */
export type Kind = 'picture' | 'video' | 'other';

/** As much of a file as tells what it is. */
const ENOUGH = 64;

/** Brands of ISO base media files (ISO/IEC 14496-12) that hold still pictures. */
const PICTURE_BRANDS = /^(heic|heix|heim|heis|hevc|hevx|mif1|msf1|avif|avis|miaf)$/;

const ascii = (bytes: Uint8Array, from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
const starts = (bytes: Uint8Array, ...with_: number[]) => with_.every((byte, i) => bytes[i] === byte);

/** Tells what a file is by its content, and where that says nothing, by what its name was taken for. */
export async function kindOf(file: Blob): Promise<Kind> {
  const named = /^(image|video)\//.exec(file.type)?.[1];
  const byName = named === 'image' ? 'picture' : named === 'video' ? 'video' : 'other';
  try {
    return kindOfBytes(new Uint8Array(await file.slice(0, ENOUGH).arrayBuffer())) ?? byName;
  } catch {
    // It went away. Whoever looks at it finds that out as well, and says so.
    return byName;
  }
}

function kindOfBytes(bytes: Uint8Array): Kind | null {
  if (starts(bytes, 0xff, 0xd8, 0xff) || starts(bytes, 0x89, 0x50, 0x4e, 0x47)) return 'picture';
  // Two letters are too few for a BMP: its reserved bytes are zero.
  if (/^GIF8[79]a$/.test(ascii(bytes, 0, 6)) || (starts(bytes, 0x42, 0x4d) && starts(bytes.subarray(6), 0, 0, 0, 0))) return 'picture';
  if (ascii(bytes, 0, 4) === 'RIFF') return { WEBP: 'picture', 'AVI ': 'video' }[ascii(bytes, 8, 12)] as Kind | undefined ?? null;
  // TIFF in either byte order, JPEG XL as a bare codestream and in its container.
  if (starts(bytes, 0x49, 0x49, 0x2a, 0) || starts(bytes, 0x4d, 0x4d, 0, 0x2a) || starts(bytes, 0xff, 0x0a)) return 'picture';
  if (ascii(bytes, 4, 8) === 'JXL ') return 'picture';
  if (ascii(bytes, 4, 8) === 'ftyp') return PICTURE_BRANDS.test(ascii(bytes, 8, 12)) ? 'picture' : audioOr(bytes);
  // Matroska and WebM, Ogg, MPEG program streams.
  if (starts(bytes, 0x1a, 0x45, 0xdf, 0xa3) || starts(bytes, 0, 0, 1, 0xba)) return 'video';
  return null;
}

/** Sound alone has a brand of its own; everything else of the family may hold a picture. */
function audioOr(bytes: Uint8Array): Kind {
  return /^(M4A |M4B |M4P )$/.test(ascii(bytes, 8, 12)) ? 'other' : 'video';
}
