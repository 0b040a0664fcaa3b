import { kindOf } from './capture-bytes.js';
import { capture } from './capture.js';
import type { Host, WorkerEvents, WorkerPort } from './host.js';
import type { ImageSource, VideoSource } from './source.js';
import { videoFrames } from './video-frames.js';
import { sampleVideo } from './video-samples.js';
import { attempt } from '../worker/attempt.js';
import { fetchModel } from '../worker/fetch-parts.js';
import type { Report } from '../worker/host.js';
import type { Reply } from '../worker/protocol.js';

/** Longer side, in pixels, of what is read of a video file's frames: enough for its pictures to be known again. */
const LONGER_SIDE = 1024;

/** Module workers of a browser. */
export function browserHost(workerAddress: string | null): Host<ImageSource, VideoSource> {
  return {
    capture,
    loadModel,
    openVideo: videoFrames,
    sampleVideo(file, signal) {
      if (!['Blob', 'File'].includes(kindOf(file))) throw new TypeError('source/not-a-file');
      return sampleVideo(file, { longerSide: LONGER_SIDE, signal });
    },
    scriptsAreRequests: true,
    spawn: (events) => spawn(workerAddress, events),
  };
}

// Where the page's policy forbids it, or the connection broke, the worker tries.
const loadModel = (address: string, report: Report, signal: AbortSignal) =>
  attempt(() => fetchModel(address, report, signal));

function spawn(address: string | null, events: WorkerEvents): WorkerPort {
  // Bundlers recognise the second form only when it is written out like this.
  const worker =
    address === null
      ? new Worker(new URL('./worker.js', import.meta.url), { type: 'module' })
      : new Worker(address, { type: 'module' });
  worker.onmessage = (event: MessageEvent<Reply>) => events.reply(event.data);
  worker.onerror = () => events.failed();
  worker.onmessageerror = () => events.failed();
  return {
    post: (request, transfer) => worker.postMessage(request, transfer),
    // A page does not wait for its workers.
    hold: () => {},
    terminate: () => worker.terminate(),
  };
}
