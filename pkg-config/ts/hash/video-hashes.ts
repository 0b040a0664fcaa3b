import { HashError } from './hash-error.js';
import type { PdqHashes } from './hashes.js';

/** The hashes of one frame. */
export interface FrameHashes {
  /** When it is shown, in seconds from the start. */
  at: number;
  /** Whether it is the first after a strong change of the picture. */
  sceneChange: boolean;
  pdq: PdqHashes;
}

/** The hashes of a video: plain data, to be kept as JSON. */
export interface VideoHashes {
  /** 0 if nobody knows. */
  durationSeconds: number;
  /** Pixels across, the right way up. */
  width: number;
  /** Pixels down, the right way up. */
  height: number;
  /** How many frames of a second were hashed, beside those of scene changes. Below 1 the video is too long for more. */
  samplesPerSecond: number;
  /** In the order of time. */
  frames: FrameHashes[];
}

/** How much of one video is in another. */
export interface VideoShare {
  /** Different frames that match. */
  matched: number;
  /** Different frames of sufficient quality. */
  frames: number;
  /** The one divided by the other, 0…1; 0 where there are none. */
  share: number;
}

/** How much two videos have in common. */
export interface VideoMatch {
  /** How much of the first is in the second. */
  query: VideoShare;
  /** How much of the second is in the first. */
  compared: VideoShare;
}

/** Options of `compareVideos`. */
export interface CompareOptions {
  /** Whose hashes are compared. Default: `full-size`, which vPDQ has. */
  family?: keyof PdqHashes | undefined;
  /** Most bits in which matching frames differ. Default 31. */
  distance?: number | undefined;
  /** Least quality of frames that are compared. Default 50. */
  quality?: number | undefined;
}

/** The family that vPDQ has; the same as in the core. */
const VIDEO_FAMILY = 'full-size';

/** Two videos to be compared, as the engine takes them: in the form of vPDQ's files. */
export interface Comparison {
  query: string;
  compared: string;
  distance: number | undefined;
  quality: number | undefined;
}

/** What the engine is to compare. Throws `HashError` for what is not the hashes of a video, or no option. */
export function comparison(query: VideoHashes, compared: VideoHashes, options: CompareOptions): Comparison {
  const { family = VIDEO_FAMILY, distance, quality } = options;
  if (!isWhole(distance, 256) || !isWhole(quality, 100)) throw new HashError('options/form');
  try {
    return { query: textOf(query, family), compared: textOf(compared, family), distance, quality };
  } catch {
    // Whatever somebody kept, or sent.
    throw new HashError('video/form');
  }
}

// WebAssembly would make some number of anything.
function isWhole(value: number | undefined, most: number): boolean {
  return value === undefined || (Number.isInteger(value) && value >= 0 && value <= most);
}

function textOf({ frames }: VideoHashes, family: keyof PdqHashes): string {
  return frames.map(({ at, pdq }, i) => `${i},${pdq[family].quality},${pdq[family].hash},${at.toFixed(3)}`).join('\n');
}
