import { type Carried, carriedBy, carryOn, filesOf, withoutShown } from './carried.js';
import { type Hold, stop } from './hold.js';
import { picturesIn } from './pasted-pictures.js';
import { replace } from './replace.js';

/** Holds pictures that are pasted: as files, within formatted text, or read from the clipboard by the page. */
export class Pastes {
  readonly #hold: Hold;

  constructor(hold: Hold) {
    this.#hold = hold;
    const { window, signal } = hold;
    window.addEventListener('paste', (event) => this.#onPaste(event), { capture: true, signal });
    if ('Clipboard' in window) {
      replace<Clipboard, [], Promise<ClipboardItem[]>>(window.Clipboard.prototype, 'read', signal, (original) => async (clipboard) =>
        this.#readable(await original(clipboard)),
      );
    }
  }

  #onPaste(event: ClipboardEvent): void {
    const { clipboardData } = event;
    if (this.#hold.isHandedOn(event) || clipboardData === null || !this.#hold.concerns(event)) return;
    const carried = carriedBy(clipboardData);
    const files = filesOf(carried);
    const pictures = picturesIn(carried.texts.get('text/html') ?? '');
    const asked = [...files, ...pictures];
    const target = event.composedPath()[0] ?? event.target;
    if (target === null || asked.every((file) => this.#hold.isPassed(file, target))) return;
    stop(event);
    void this.#judge(asked, files.length, carried, target).catch(() => {});
  }

  async #judge(asked: readonly File[], ofFiles: number, carried: Carried, target: EventTarget): Promise<void> {
    const { files, places, withheld } = await this.#hold.judge(asked, 'paste', target);
    // What stays must not go along in another form: pasted pictures come as a file and as text that shows them.
    const left = withheld > 0 ? withoutShown(carried) : carried;
    const kept = files.filter((_, i) => (places[i] as number) < ofFiles);
    if (kept.length === 0 && ![...left.texts.values()].some((text) => text !== '')) return;
    const { ClipboardEvent } = this.#hold.window;
    const clipboardData = carryOn(left, kept, this.#hold.window);
    const paste = new ClipboardEvent('paste', { bubbles: true, composed: true, cancelable: true });
    // Given to the event itself, as some browsers take none with which to make one.
    Object.defineProperty(paste, 'clipboardData', { value: clipboardData });
    if (this.#hold.handOn(target, paste)) this.#insert(left);
  }

  /** What the browser would have done by itself, as far as a page can. */
  #insert({ texts }: Carried): void {
    const { document } = this.#hold.window;
    const html = texts.get('text/html');
    const text = texts.get('text/plain');
    const isRich = (document.activeElement as HTMLElement | null)?.isContentEditable === true;
    // Deprecated, and the one way to insert so that it can be undone.
    if (isRich && html !== undefined) document.execCommand('insertHTML', false, html);
    else if (text !== undefined) document.execCommand('insertText', false, text);
  }

  /** What the page may read: items as they were, or without the pictures that may not go out. */
  async #readable(items: ClipboardItem[]): Promise<ClipboardItem[]> {
    const readable: ClipboardItem[] = [];
    for (const item of items) {
      const types = item.types.filter((type) => type.startsWith('image/'));
      const pictures = await Promise.all(types.map((type) => item.getType(type)));
      const { withheld } = pictures.length === 0 ? { withheld: 0 } : await this.#hold.judge(pictures, 'paste', null);
      if (withheld === 0) {
        readable.push(item);
        continue;
      }
      const others = item.types.filter((type) => !type.startsWith('image/') && type !== 'text/html');
      const left = Object.fromEntries(others.map((type) => [type, item.getType(type)]));
      if (others.length > 0) readable.push(new this.#hold.window.ClipboardItem(left));
    }
    return readable;
  }
}
