import { cameraProblem, endCamera, frameOf, showCamera } from '../camera-stream.js';
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
  dialog.addEventListener('close', () => endCamera(video));
  takeButton.addEventListener('click', () => void take());
}

/** Opens the camera for one picture. */
export async function openCamera(take: (files: readonly File[]) => void): Promise<void> {
  onPicture = take;
  takeButton.disabled = true;
  dialog.showModal();
  try {
    if (!(await showCamera(video, () => dialog.open))) return;
    takeButton.disabled = false;
    takeButton.focus();
  } catch (error) {
    if (!dialog.open) return;
    dialog.close();
    tell(TEXT.composer.camera, cameraProblem(error));
  }
}

async function take(): Promise<void> {
  const canvas = frameOf(video);
  // The pause asks in front of the conversation, not of the camera.
  dialog.close();
  const taken = onPicture;
  // `protect` holds what comes from a camera: this answers once somebody has looked, and with nothing if it is to stay.
  const blob = await new Promise<Blob | null>((resolve) => (canvas === null ? resolve(null) : canvas.toBlob(resolve, 'image/jpeg', 0.9)));
  if (blob !== null) taken([blob instanceof File ? blob : new File([blob], 'camera.jpg', { type: blob.type })]);
}
