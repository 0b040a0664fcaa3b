import { el } from '../dom.js';
import { button, freshId } from './form.js';
import { buttons, quiet } from './page-parts.js';
import { TEXT } from './text.js';

/** What browsers that have it call a reader of QR codes. It is in no library of types yet. */
interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
declare const BarcodeDetector: (new (options: { formats: string[] }) => Detector) & { getSupportedFormats(): Promise<string[]> };

const EVERY_MS = 200;

let reads: Promise<boolean> | undefined;

/** Whether this browser can read QR codes. Some have the function, and no codes that they read. */
function canScan(): Promise<boolean> {
  return (reads ??= (async () => {
    if (!('BarcodeDetector' in globalThis) || !('mediaDevices' in navigator)) return false;
    return (await BarcodeDetector.getSupportedFormats()).includes('qr_code');
  })().catch(() => false));
}

/** A button that scans, or a line that says that this browser cannot. */
export function scanButton(onText: (text: string) => void): HTMLElement {
  const place = el('div', { class: 'scan' });
  void canScan().then((can) => place.append(can ? button(TEXT.scan.open, () => void scan().then((text) => text !== null && onText(text)), { focus: 'scan' }) : quiet(TEXT.scan.missing)));
  return place;
}

/** Looks for a QR code with the camera, until one is seen or somebody closes it. Its focus returns to the button. */
async function scan(): Promise<string | null> {
  const id = freshId();
  const video = el('video', { muted: true, playsinline: true, 'aria-label': TEXT.scan.preview });
  const status = el('p', { role: 'status' }, TEXT.scan.starting);
  const dialog = el('dialog', { class: 'scan-dialog', 'aria-labelledby': id }, el('h2', { id }, TEXT.scan.title), video, status, quiet(TEXT.scan.note));
  dialog.append(buttons(button(TEXT.common.cancel, () => dialog.close())));
  document.body.append(dialog);
  const closed = new Promise<void>((resolve) => dialog.addEventListener('close', () => resolve(), { once: true }));
  dialog.showModal();

  let stream: MediaStream | null = null;
  let found: string | null = null;
  const look = async () => {
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      // Closed while the browser asked.
      if (!dialog.open) return;
      video.srcObject = stream;
      await video.play();
      status.textContent = TEXT.scan.looking;
      const detector = new BarcodeDetector({ formats: ['qr_code'] });
      while (dialog.open && found === null) {
        found = (await detector.detect(video))[0]?.rawValue ?? null;
        if (found === null) await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
      }
      dialog.close();
    } catch (error) {
      status.textContent = error instanceof DOMException && error.name === 'NotAllowedError' ? TEXT.scan.refused : TEXT.scan.failed;
    }
  };
  const looking = look();
  await closed;
  await looking;
  (stream as MediaStream | null)?.getTracks().forEach((track) => track.stop());
  dialog.remove();
  return found;
}
