import { byId } from '../dom.js';
import { tell } from './narrator.js';
import { TEXT } from './text.js';

const dialog = byId('camera-dialog', HTMLDialogElement);
const video = byId('camera-video', HTMLVideoElement);
const takeButton = byId('camera-take', HTMLButtonElement);
const cancelButton = byId('camera-cancel', HTMLButtonElement);

let onPicture: (files: readonly File[]) => void = () => {};

export function startCamera(): void {
  cancelButton.addEventListener('click', () => dialog.close());
  // Also after Escape: the camera is never left on.
  dialog.addEventListener('close', stop);
  takeButton.addEventListener('click', () => void take());
}

/** Opens the camera for one picture. */
export async function openCamera(take: (files: readonly File[]) => void): Promise<void> {
  onPicture = take;
  takeButton.disabled = true;
  dialog.showModal();
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: 1280 } }, audio: false });
    // Closed while the browser asked for permission.
    if (!dialog.open) return end(stream);
    video.srcObject = stream;
    await video.play();
    takeButton.disabled = false;
    takeButton.focus();
  } catch (error) {
    if (!dialog.open) return;
    dialog.close();
    tell(TEXT.composer.camera, problem(error));
  }
}

async function take(): Promise<void> {
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext('2d')?.drawImage(video, 0, 0);
  // The pause asks in front of the conversation, not of the camera.
  dialog.close();
  const taken = onPicture;
  // `protect` holds what comes from a camera: this answers once somebody has looked, and with nothing if it is to stay.
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.9));
  if (blob !== null) taken([blob instanceof File ? blob : new File([blob], 'camera.jpg', { type: blob.type })]);
}

function stop(): void {
  if (video.srcObject instanceof MediaStream) end(video.srcObject);
  video.srcObject = null;
}

function end(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

function problem(error: unknown): string {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return TEXT.camera.refused;
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return TEXT.camera.missing;
  return TEXT.camera.failed;
}
