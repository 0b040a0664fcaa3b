import { SilentVideo } from './silent-video.js';

/** What is known of a video file as a whole. */
export interface VideoFacts {
  /** 0 if nobody knows; then there is one sample. */
  durationSeconds: number;
  /** Pixels across, the right way up. */
  width: number;
  /** Pixels down, the right way up. */
  height: number;
  /** How many samples there are in a second, but for those of scene changes. Below 1 the video is too long for more. */
  samplesPerSecond: number;
}

/** A frame of a video file. */
export interface VideoSample {
  /** When it is shown, in seconds from the start. */
  at: number;
  /** Whether it is the first after a strong change of the picture. */
  sceneChange: boolean;
  /** The frame, the right way up. Whoever gets it closes it. */
  bitmap: ImageBitmap;
  /** How much of the video has been seen, 0…1. */
  done: number;
  /** The video that it is of. */
  video: VideoFacts;
}

/** How a video file is sampled. */
export interface SampleOptions {
  /** Frames are scaled down to this longer side, in pixels. Default: as they are. */
  longerSide?: number | undefined;
  /** Most samples, at least 8. Default 1,200. A quarter is kept for scene changes. */
  maxSamples?: number | undefined;
  /** How long the browser may take to open the file, and to get to each frame, in milliseconds. Default 10,000. */
  timeoutMs?: number | undefined;
  /** Gives up: the next step throws its reason. */
  signal?: AbortSignal | undefined;
}

const MAX_SAMPLES = 1_200;
const TIMEOUT_MS = 10_000;
/** Of a short video, so that it is not judged by two or three frames. */
const LEAST_SAMPLES = 8;
/** Share of the samples that long videos leave for scene changes. */
const SPARE = 1 / 4;
/** The last frame is looked for so long before the end, in seconds: what is announced as the end is often beyond it. */
const END_SECONDS = 0.05;
/** A change of scene is pinned down to this, in seconds. */
const FINEST_SECONDS = 1 / 8;
/**
 * Mean difference in brightness, of 255, from which a scene is another one. What moves in front of a camera stays below
 * 15 mostly; different pictures are 30 to 90 apart.
 */
const OTHER_SCENE = 20;

interface Look {
  at: number;
  bitmap: ImageBitmap;
  thumbnail: Uint8Array;
  sceneChange: boolean;
}

/**
 * Gives frames of a video file in the order of time: one a second, at least eight, near both ends too; and where two
 * neighbours differ strongly, the first frame found after each change between them. A scene of at least an eighth of a
 * second is found between two others, unless these look alike.
 *
 * Nothing is heard, nothing is shown, and when the generator ends, for whatever reason, everything is freed.
 *
 * @throws VideoError if this browser cannot, or may not, decode it.
 * @throws The signal's reason.
 */
export async function* sampleVideo(blob: Blob, options: SampleOptions = {}): AsyncGenerator<VideoSample, void> {
  const { longerSide = Infinity, maxSamples = MAX_SAMPLES, timeoutMs = TIMEOUT_MS, signal } = options;
  const video = await SilentVideo.open(blob, { timeoutMs, signal });
  /** Bitmaps that nobody else has. */
  const held = new Set<ImageBitmap>();
  try {
    const { durationSeconds, width, height } = video;
    const { times, samplesPerSecond } = plan(durationSeconds, Math.max(LEAST_SAMPLES, maxSamples));
    const facts: VideoFacts = { durationSeconds, width, height, samplesPerSecond };
    const spare = Math.max(LEAST_SAMPLES, maxSamples) - times.length;
    let used = 0;
    let before: Look | null = null;
    for (const [i, time] of times.entries()) {
      const look = await lookAt(time);
      // The start of a long video is not to take what is spare for its end.
      const allowed = Math.ceil((spare * i) / (times.length - 1));
      if (before !== null) yield* changes(before, look, allowed);
      yield sample(look);
      before = look;
    }

    async function lookAt(at: number): Promise<Look> {
      await video.seek(at);
      const bitmap = await video.bitmap(longerSide);
      held.add(bitmap);
      return { at, bitmap, thumbnail: video.thumbnail(), sceneChange: false };
    }

    function sample({ at, bitmap, sceneChange }: Look): VideoSample {
      held.delete(bitmap);
      return { at, sceneChange, bitmap, done: at === times.at(-1) ? 1 : at / durationSeconds, video: facts };
    }

    /** The first frames after the changes between two looks. That the second is one itself is noted in it. */
    async function* changes(left: Look, right: Look, allowed: number): AsyncGenerator<VideoSample, void> {
      if (difference(left.thumbnail, right.thumbnail) < OTHER_SCENE) return;
      if (right.at - left.at <= FINEST_SECONDS || used >= allowed) {
        right.sceneChange = true;
        return;
      }
      const middle = await lookAt((left.at + right.at) / 2);
      yield* changes(left, middle, allowed);
      if (middle.sceneChange && used < allowed) {
        used += 1;
        yield sample(middle);
      } else {
        middle.bitmap.close();
        held.delete(middle.bitmap);
      }
      yield* changes(middle, right, allowed);
    }
  } finally {
    for (const bitmap of held) bitmap.close();
    video.close();
  }
}

/** When regular samples are taken. */
function plan(duration: number, maxSamples: number): { times: number[]; samplesPerSecond: number } {
  if (duration <= END_SECONDS) return { times: [0], samplesPerSecond: 1 };
  const wanted = Math.max(LEAST_SAMPLES - 1, Math.ceil(duration));
  const count = Math.min(wanted, Math.floor(maxSamples * (1 - SPARE)) - 1);
  const last = duration - END_SECONDS;
  const step = count === Math.ceil(duration) ? 1 : last / count;
  const times = Array.from({ length: count }, (_, i) => i * step).filter((time) => time < last);
  return { times: [...times, last], samplesPerSecond: 1 / step };
}

function difference(a: Uint8Array, b: Uint8Array): number {
  return a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] ?? 0)), 0) / a.length;
}
