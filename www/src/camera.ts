import { byId } from './dom.js';
import { intakeMessage } from './intake.js';
import type { Picture } from './picture.js';
import { TEXT } from './text.js';

const dialog = byId('camera-dialog', HTMLDialogElement);
const video = byId('camera-video', HTMLVideoElement);
const state = byId('camera-state', HTMLElement);
const takeButton = byId('camera-take', HTMLButtonElement);
const cancelButton = byId('camera-cancel', HTMLButtonElement);
const openButton = byId('camera', HTMLButtonElement);

/** Offers the camera where there may be one. */
export function startCamera(onPicture: (picture: Picture) => void): void {
  openButton.hidden = navigator.mediaDevices?.getUserMedia === undefined;
  openButton.addEventListener('click', () => void open());
  cancelButton.addEventListener('click', () => dialog.close());
  // Also after Escape: the camera is never left on.
  dialog.addEventListener('close', stop);
  takeButton.addEventListener('click', () => {
    const picture = take();
    // The picture is handed over before the camera stops, because the check reads it from the video itself.
    if (picture !== null) onPicture(picture);
    dialog.close();
  });
}

async function open(): Promise<void> {
  intakeMessage();
  state.textContent = TEXT.camera.starting;
  takeButton.disabled = true;
  dialog.showModal();
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: 1280 } }, audio: false });
    // Closed while the browser asked for permission.
    if (!dialog.open) return end(stream);
    video.srcObject = stream;
    await video.play();
    state.textContent = TEXT.camera.note;
    takeButton.disabled = false;
    takeButton.focus();
  } catch (error) {
    if (!dialog.open) return;
    dialog.close();
    intakeMessage(problem(error));
  }
}

function take(): Picture | null {
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  const context = canvas.getContext('2d');
  if (context === null || canvas.width === 0) return null;
  context.drawImage(video, 0, 0);
  return { name: TEXT.camera.name, content: canvas, live: video };
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
