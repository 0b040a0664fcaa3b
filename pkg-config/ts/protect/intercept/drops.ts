import { type Carried, carriedBy, carryOn, filesOf, hasFolder, withoutShown } from './carried.js';
import { carryFoldersOn, readFolders } from './folders.js';
import { type Hold, stop } from './hold.js';
import { type Inputs, isFileInput } from './inputs.js';

/** Holds files, and folders of files, that are dropped: on an element that takes them, or on an input. */
export class Drops {
  readonly #hold: Hold;
  readonly #inputs: Inputs;

  constructor(hold: Hold, inputs: Inputs) {
    this.#hold = hold;
    this.#inputs = inputs;
    hold.window.addEventListener('drop', (event) => this.#onDrop(event), { capture: true, signal: hold.signal });
  }

  #onDrop(event: DragEvent): void {
    const { dataTransfer } = event;
    if (this.#hold.isHandedOn(event) || dataTransfer === null || !this.#hold.concerns(event)) return;
    if (!dataTransfer.types.includes('Files')) return;
    const carried = carriedBy(dataTransfer);
    const target = event.composedPath()[0] ?? event.target;
    if (target === null || carried.files.every(({ file }) => file !== null && this.#hold.isPassed(file, target))) return;
    stop(event);
    void this.#judge(event, carried, target).catch(() => this.#leave(event, target));
  }

  async #judge(event: DragEvent, carried: Carried, target: EventTarget): Promise<void> {
    const { window } = this.#hold;
    let transfer: DataTransfer | null;
    let files: File[];
    if (hasFolder(carried)) {
      const entries = carried.files.flatMap(({ entry }) => (entry === null ? [] : [entry]));
      const inside = await readFolders(entries);
      const paths = [...inside.keys()];
      const allowed = new Map<string, File>();
      const sendable = await this.#hold.judge([...inside.values()], 'drop', target);
      files = sendable.files;
      files.forEach((file, i) => allowed.set(paths[sendable.places[i] as number] as string, file));
      const left = sendable.withheld > 0 ? withoutShown(carried) : carried;
      transfer = files.length === 0 ? null : carryFoldersOn(left, allowed, window);
    } else {
      const sendable = await this.#hold.judge(filesOf(carried), 'drop', target);
      files = sendable.files;
      transfer = files.length === 0 ? null : carryOn(sendable.withheld > 0 ? withoutShown(carried) : carried, files, window);
    }
    if (transfer === null) this.#leave(event, target);
    else this.#handOn(event, target, transfer, files);
  }

  #handOn(event: DragEvent, target: EventTarget, transfer: DataTransfer, files: readonly File[]): void {
    const drop = again(this.#hold.window, 'drop', event);
    // Given to the event itself, as one that is made to look like it would not be taken.
    Object.defineProperty(drop, 'dataTransfer', { value: transfer });
    const isLeftToBrowser = this.#hold.handOn(target, drop);
    if (isLeftToBrowser && isFileInput(target, this.#hold.window) && !target.disabled) {
      this.#inputs.give(target, target.multiple ? files : files.slice(0, 1));
    }
  }

  /** As where a person drags it out again: pages that show where to drop stop showing it. */
  #leave(event: DragEvent, target: EventTarget): void {
    this.#hold.handOn(target, again(this.#hold.window, 'dragleave', event));
  }
}

/** An event like another one. */
function again(window: Window & typeof globalThis, type: string, like: DragEvent): DragEvent {
  const { clientX, clientY, screenX, screenY, ctrlKey, shiftKey, altKey, metaKey, button, buttons } = like;
  const at = { clientX, clientY, screenX, screenY, ctrlKey, shiftKey, altKey, metaKey, button, buttons };
  return new window.DragEvent(type, { ...at, bubbles: true, composed: true, cancelable: true });
}
