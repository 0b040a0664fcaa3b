/** What a camera writes into a picture's file, as far as the scene shows it. */
export interface Taken {
  make: string;
  model: string;
  /** `YYYY:MM:DD HH:MM:SS`, as Exif has it. */
  at: string;
  /** Degrees, minutes and seconds. */
  latitude: readonly [number, number, number, 'N' | 'S'];
  longitude: readonly [number, number, number, 'E' | 'W'];
}

const ASCII = 2;
const LONG = 4;
const RATIONAL = 5;

type Entry = readonly [tag: number, type: number, count: number, value: number | Uint8Array];

/**
 * Writes Exif into a JPEG, behind its first two bytes (CIPA DC-008: an APP1 segment with a TIFF in it), so that there is a
 * file to remove something from without anybody's photograph.
 */
export async function withExif(jpeg: Blob, taken: Taken): Promise<Blob> {
  const tiff = tiffOf(taken);
  const head = new Uint8Array([0xff, 0xe1, 0, 0, ...bytes('Exif\0\0')]);
  new DataView(head.buffer).setUint16(2, head.length - 2 + tiff.length);
  return new Blob([jpeg.slice(0, 2), head, tiff, jpeg.slice(2)], { type: 'image/jpeg' });
}

function tiffOf({ make, model, at, latitude, longitude }: Taken): Uint8Array<ArrayBuffer> {
  const exif: Entry[] = [text(0x9003, at)];
  const gps: Entry[] = [text(1, latitude[3]), degrees(2, latitude), text(3, longitude[3]), degrees(4, longitude)];
  // Entries of a directory stand in the order of their tags; the two pointers come last.
  const main = (exifAt: number, gpsAt: number): Entry[] => [text(0x10f, make), text(0x110, model), text(0x132, at), [0x8769, LONG, 1, exifAt], [0x8825, LONG, 1, gpsAt]];
  const exifAt = 8 + directory(main(0, 0), 8).length;
  const gpsAt = exifAt + directory(exif, exifAt).length;
  const header = [0x49, 0x49, 42, 0, 8, 0, 0, 0];
  return new Uint8Array([...header, ...directory(main(exifAt, gpsAt), 8), ...directory(exif, exifAt), ...directory(gps, gpsAt)]);
}

/** One directory at an offset: its entries, then the values that do not fit into four bytes. */
function directory(entries: readonly Entry[], offset: number): Uint8Array {
  const fixed = 2 + entries.length * 12 + 4;
  const values: number[] = [];
  const table = new DataView(new ArrayBuffer(fixed));
  table.setUint16(0, entries.length, true);
  entries.forEach(([tag, type, count, value], index) => {
    const at = 2 + index * 12;
    table.setUint16(at, tag, true);
    table.setUint16(at + 2, type, true);
    table.setUint32(at + 4, count, true);
    if (typeof value === 'number') table.setUint32(at + 8, value, true);
    else if (value.length <= 4) value.forEach((byte, i) => table.setUint8(at + 8 + i, byte));
    else {
      table.setUint32(at + 8, offset + fixed + values.length, true);
      values.push(...value, ...(value.length % 2 === 0 ? [] : [0]));
    }
  });
  return new Uint8Array([...new Uint8Array(table.buffer), ...values]);
}

function text(tag: number, value: string): Entry {
  const written = bytes(`${value}\0`);
  return [tag, ASCII, written.length, written];
}

function degrees(tag: number, [d, m, s]: readonly [number, number, number, string]): Entry {
  const view = new DataView(new ArrayBuffer(24));
  [d, m, s].forEach((part, index) => {
    view.setUint32(index * 8, part, true);
    view.setUint32(index * 8 + 4, 1, true);
  });
  return [tag, RATIONAL, 3, new Uint8Array(view.buffer)];
}

const bytes = (value: string): Uint8Array => new TextEncoder().encode(value);
