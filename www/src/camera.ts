import type { Watch, WatchState } from 'pausepoint';
import { cameraProblem, endCamera, frameOf, showCamera } from './camera-stream.js';
import { byId } from './dom.js';
import { intakeMessage } from './intake.js';
import type { Picture } from './picture.js';
import { liveLine, TEXT } from './text.js';

const dialog = byId('camera-dialog', HTMLDialogElement);
const video = byId('camera-video', HTMLVideoElement);
const state = byId('camera-state', HTMLElement);
const live = byId('camera-live', HTMLElement);
const takeButton = byId('camera-take', HTMLButtonElement);
const cancelButton = byId('camera-cancel', HTMLButtonElement);
const openButton = byId('camera', HTMLButtonElement);

type Watching = (video: HTMLVideoElement, onChange: (state: WatchState) => void) => Watch | null;

let watch: Watch | null = null;

/** Offers the camera where there may be one; `watching` begins to watch what it sees. */
export function startCamera(watching: Watching, onPicture: (picture: Picture) => void): void {
  openButton.hidden = navigator.mediaDevices?.getUserMedia === undefined;
  openButton.addEventListener('click', () => void open(watching));
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

async function open(watching: Watching): Promise<void> {
  intakeMessage();
  state.textContent = TEXT.camera.starting;
  takeButton.disabled = true;
  dialog.showModal();
  try {
    if (!(await showCamera(video, () => dialog.open))) return;
    const tell = (state: WatchState) => (live.textContent = liveLine(state));
    watch = watching(video, tell);
    if (watch === null) live.textContent = TEXT.camera.unwatched;
    else tell(watch.state);
    state.textContent = TEXT.camera.note;
    takeButton.disabled = false;
    takeButton.focus();
  } catch (error) {
    if (!dialog.open) return;
    dialog.close();
    intakeMessage(cameraProblem(error));
  }
}

function take(): Picture | null {
  const canvas = frameOf(video);
  return canvas === null ? null : { name: TEXT.camera.name, content: canvas, live: video };
}

function stop(): void {
  watch?.stop();
  watch = null;
  live.textContent = '';
  endCamera(video);
}
