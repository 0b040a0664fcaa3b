import { reportError } from './report-error.js';
import type { UncheckedReason } from './verdict.js';
import { VideoError } from './video-error.js';
import type { VideoSample } from './video-samples.js';
import type { VideoVerdict } from './video-verdict.js';
import type { EngineVideoVerdict, Frame } from '../worker/protocol.js';

/** What a video is checked with. */
export interface VideoCheck {
  /** Gives the samples; throws `VideoError` or the signal's reason. */
  samples: AsyncIterable<VideoSample>;
  /** Has a sample judged: whether the verdict is decided, or `null` if the worker failed on it. Never rejects. */
  judge(frame: Frame, atMs: number): Promise<boolean | null>;
  /** The verdict of what was judged; never rejects. */
  end(reason: UncheckedReason | null): Promise<EngineVideoVerdict>;
  onProgress: ((done: number) => void) | undefined;
}

/** What a failure of the browser's is called in a verdict. */
const REASONS: Record<string, UncheckedReason> = {
  'video/blocked': 'not-readable',
  'video/unsupported': 'unsupported-format',
  'video/no-picture': 'empty',
  'video/damaged': 'damaged',
  'video/stalled': 'deadline',
};

/** Goes through a video file and gives one verdict. Rejects only with the reason of the samples' signal. */
export async function checkVideo({ samples, judge, end, onProgress }: VideoCheck): Promise<VideoVerdict> {
  const started = performance.now();
  let complete = false;
  let problem: string | null = null;
  let reason: UncheckedReason | null = null;
  try {
    for await (const { at, bitmap, done } of samples) {
      const decided = await judge({ kind: 'bitmap', bitmap, format: 'video-frame' }, Math.round(at * 1000));
      // What was seen before is gone with the engine.
      if (decided === null) reason = 'worker-failed';
      else report(onProgress, done);
      complete = done === 1;
      if (decided !== false) break;
    }
  } catch (error) {
    if (!(error instanceof VideoError)) throw error;
    problem = error.code;
    reason = REASONS[error.code] ?? 'not-readable';
  }
  const { verdict, atMs, looked } = await end(reason);
  const { looked: _, hostDecode: __, ...rest } = verdict;
  const millis = Math.round((performance.now() - started) * 10) / 10;
  return { ...rest, atSeconds: atMs === null ? null : atMs / 1000, looked, complete: complete && reason === null, problem, millis };
}

function report(onProgress: VideoCheck['onProgress'], done: number): void {
  try {
    onProgress?.(done);
  } catch (error) {
    reportError(error);
  }
}
