import { paintFlight } from './drawings.js';

const SECONDS = 2;

/** A canvas on which the kite flies, as a stream; `end` stops it. */
export function flight(): { stream: MediaStream; end(): void } {
  const canvas = document.createElement('canvas');
  canvas.width = 480;
  canvas.height = 360;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no canvas');
  const start = performance.now();
  const paint = () => paintFlight(context, (performance.now() - start) / 1000);
  paint();
  // Not with the screen's own frames: those stop while the page is hidden, and a recording would be empty.
  const timer = setInterval(paint, 50);
  const stream = canvas.captureStream(20);
  const end = () => {
    clearInterval(timer);
    for (const track of stream.getTracks()) track.stop();
  };
  return { stream, end };
}

/** Records two seconds of it, on the device: a video that needs neither a file nor the network. */
export async function recordClip(signal: AbortSignal): Promise<File> {
  const { stream, end } = flight();
  try {
    const type = ['video/webm;codecs=vp8', 'video/mp4'].find((one) => MediaRecorder.isTypeSupported(one));
    const recorder = new MediaRecorder(stream, type === undefined ? {} : { mimeType: type });
    const parts: Blob[] = [];
    recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
    const stopped = new Promise((resolve) => recorder.addEventListener('stop', resolve, { once: true }));
    recorder.start();
    await new Promise<void>((resolve) => {
      setTimeout(resolve, SECONDS * 1000);
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    recorder.stop();
    await stopped;
    signal.throwIfAborted();
    const plain = recorder.mimeType.replace(/;.*/, '');
    return new File(parts, plain === 'video/mp4' ? 'kite.mp4' : 'kite.webm', { type: plain });
  } finally {
    end();
  }
}
