/**
 * What can be found in a picture file beside its picture:
 *
 * - `exif`, `xmp`, `extended-xmp`, `iptc`, `comment`, `text`, `time`: what the standards of those names hold.
 * - `location`: where it was taken, inside Exif or XMP; `thumbnail`: a small copy, which may show more.
 * - `mpf`: other pictures behind the first, such as a gain map or a portrait's unblurred original.
 * - `c2pa`: content credentials, which say where the picture comes from.
 * - `trailing`: what stands after the picture's end, such as the film of a moving photograph.
 * - `app`, `unknown-chunk`: an application's own, and what nobody knows.
 */
export type MetadataKind =
  | 'exif'
  | 'location'
  | 'thumbnail'
  | 'xmp'
  | 'extended-xmp'
  | 'iptc'
  | 'comment'
  | 'mpf'
  | 'c2pa'
  | 'text'
  | 'time'
  | 'trailing'
  | 'app'
  | 'unknown-chunk';

/** How much of a kind was found. */
export interface MetadataFinding {
  kind: MetadataKind;
  /** Its bytes. `location`, and `thumbnail` inside Exif, are counted once more by themselves. */
  bytes: number;
}

/** What stays although it is no pixels, as the picture would look different without. */
export type MetadataKept = 'orientation' | 'colour-profile';

/** What a file carries. */
export interface MetadataReport {
  /** By its content; names and declared types are not asked. */
  format: 'jpeg' | 'png' | 'webp' | 'gif';
  /** What `strip` takes out. Empty where there is nothing to remove. */
  found: MetadataFinding[];
  /** What `strip` leaves in. */
  kept: MetadataKept[];
}

/** A file without metadata. */
export interface StrippedFile<F> {
  /** The very file that was given where nothing was found. */
  file: F;
  /** What was taken out. */
  removed: MetadataFinding[];
  /** What stays. */
  kept: MetadataKept[];
}
