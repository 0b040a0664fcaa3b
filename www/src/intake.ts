import { byId } from './dom.js';
import { examplePicture } from './example-picture.js';
import type { Picture } from './picture.js';
import { TEXT } from './text.js';

const area = byId('intake', HTMLElement);
const message = byId('intake-message', HTMLElement);
const chooser = byId('choose', HTMLInputElement);
const pasteButton = byId('paste', HTMLButtonElement);
const exampleButton = byId('example', HTMLButtonElement);

/** Shows a problem with bringing pictures in, or takes the last one away. */
export function intakeMessage(text = ''): void {
  message.textContent = text;
}

/** Takes pictures that are chosen, dropped, pasted or drawn as an example. */
export function startIntake(onPictures: (pictures: Picture[]) => void): void {
  const take = (files: readonly Blob[], name: string, complaint: string) => {
    intakeMessage(files.length === 0 ? complaint : '');
    if (files.length > 0) onPictures(files.map((file) => named(file, name)));
  };

  chooser.addEventListener('change', () => {
    take([...(chooser.files ?? [])], '', '');
    // So that the same file can be chosen again.
    chooser.value = '';
  });

  startDropping((files) => take(files, '', TEXT.intake.nothingDropped));

  document.addEventListener('paste', ({ clipboardData }) => {
    const files = [...(clipboardData?.files ?? [])];
    take(files, TEXT.intake.pasted, TEXT.intake.nothingPasted);
  });

  // For phones, which have no key for it.
  pasteButton.hidden = !('clipboard' in navigator && 'read' in navigator.clipboard);
  pasteButton.addEventListener('click', async () => {
    try {
      take(await fromClipboard(), TEXT.intake.pasted, TEXT.intake.nothingPasted);
    } catch {
      intakeMessage(TEXT.intake.pasteRefused);
    }
  });

  exampleButton.addEventListener('click', async () => {
    try {
      take([await examplePicture()], TEXT.intake.exampleName, '');
    } catch {
      intakeMessage(TEXT.intake.exampleFailed);
    }
  });
}

// The whole page takes drops: one that misses the area would otherwise open the file in place of the page.
function startDropping(onFiles: (files: File[]) => void): void {
  let depth = 0;
  const hover = (change: number) => {
    depth = Math.max(0, depth + change);
    area.classList.toggle('over', depth > 0);
  };
  addEventListener('dragenter', () => hover(1));
  addEventListener('dragleave', () => hover(-1));
  addEventListener('dragover', (event) => event.preventDefault());
  addEventListener('drop', (event) => {
    event.preventDefault();
    hover(-depth);
    onFiles([...(event.dataTransfer?.files ?? [])]);
  });
}

async function fromClipboard(): Promise<Blob[]> {
  const items = await navigator.clipboard.read();
  const pictures = items.map((item) => {
    const type = item.types.find((name) => name.startsWith('image/'));
    return type === undefined ? [] : [item.getType(type)];
  });
  return Promise.all(pictures.flat());
}

// Browsers call every pasted picture image.png.
function named(file: Blob, name: string): Picture {
  return { name: name || (file instanceof File && file.name) || TEXT.intake.pasted, content: file };
}
