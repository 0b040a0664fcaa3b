import type { UncheckedReason } from '../client/verdict.js';

/** A perceptual hash. It means nothing without its family, and little below quality 50. */
export interface Pdq {
  /** 64 hexadecimal digits. */
  hash: string;
  /** How much there is in the picture, 0…100. */
  quality: number;
}

/**
 * A picture's hash in both families that are exchanged. They do not match each other.
 *
 * - `512-nearest`: the reference's program and the web clients of removal services.
 * - `full-size`: python-threatexchange.
 */
export type PdqHashes = Record<'512-nearest' | 'full-size', Pdq>;

/** How a picture can be turned and mirrored. The names are the reference's: `rotate-90` is to the left. */
export type Orientation =
  | 'original'
  | 'rotate-90'
  | 'rotate-180'
  | 'rotate-270'
  | 'flip-x'
  | 'flip-y'
  | 'flip-plus-1'
  | 'flip-minus-1';

/** The hashes of a picture, or of the first frame of an animation. */
export interface PictureHashes {
  width: number;
  height: number;
  /** As it is stored: what the services compute, which leave metadata aside. */
  pdq: PdqHashes;
  /** As it is shown, if its metadata asks for turning; otherwise `null`. */
  upright: PdqHashes | null;
  /** Turned and mirrored in each way, if that was asked for; otherwise `null`. */
  orientations: Record<Orientation, PdqHashes> | null;
}

/** The hashes of a file. */
export interface FileHashes {
  /** Bytes. */
  size: number;
  sha256: string;
  md5: string;
  /** `null` for what is no picture, or none that can be decoded here. */
  picture: PictureHashes | null;
  /** Who decoded the picture. The pixels of a browser's decoder may differ from another's by a little. */
  decoder: 'own' | 'host' | null;
  /** Why there is no `picture`. */
  unhashed: UncheckedReason | null;
}
