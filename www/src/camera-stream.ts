import { TEXT } from './text.js';

/** Shows what the camera sees, for as long as somebody wants it: whether it does. */
export async function showCamera(video: HTMLVideoElement, isWanted: () => boolean): Promise<boolean> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: 1280 } }, audio: false });
  if (!isWanted()) {
    // Closed while the browser asked for permission.
    end(stream);
    return false;
  }
  video.srcObject = stream;
  await video.play();
  return true;
}

/** Turns the camera off. */
export function endCamera(video: HTMLVideoElement): void {
  if (video.srcObject instanceof MediaStream) end(video.srcObject);
  video.srcObject = null;
}

/** The picture that a camera shows now; `null` where there is none yet. */
export function frameOf(video: HTMLVideoElement): HTMLCanvasElement | null {
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  const context = canvas.getContext('2d');
  if (context === null || canvas.width === 0) return null;
  context.drawImage(video, 0, 0);
  return canvas;
}

/** Why there is no camera, in words. */
export function cameraProblem(error: unknown): string {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return TEXT.camera.refused;
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return TEXT.camera.missing;
  return TEXT.camera.failed;
}

function end(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
