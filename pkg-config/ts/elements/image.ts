import { ElementBase } from './base.js';
import { el } from './dom.js';
import { adopt } from './sheet.js';

/** What keeps a picture covered: made by whoever has a guard. */
export interface Cover {
  remove(): void;
}

/** Covers an image of an element; `file` is what it shows, where the app has it; `ended` is called when nobody covers it any more. */
export type CoverMaker = (img: HTMLImageElement, options: { peer: string | undefined; file: Blob | undefined; ended: () => void }) => Cover;

/** By which an element asks for a cover, and by which somebody who can make one says so. */
export const COVER_REQUEST = 'pausepoint-cover-request';
export const COVER_READY = 'pausepoint-cover-ready';

const STYLE = `
:host { display: inline-block; position: relative; max-width: 100%; min-width: 44px; min-height: 44px; overflow: hidden; vertical-align: bottom; }
:host([hidden]) { display: none; }
img { display: block; width: 100%; height: 100%; object-fit: inherit; }
.waiting { visibility: hidden; }`;

/**
 * `<pausepoint-image src alt peer>`: a picture that came, covered until it was looked at. Set `file` instead of `src` where
 * the app has the file, so that all frames of an animation are looked at. It stays covered until a guard protects the page.
 *
 * @attr src - the picture's address; of another origin only with CORS, or it cannot be looked at
 * @attr alt - what it shows, read out once it is shown
 * @attr peer - the app's name for who sent it
 * @csspart image - the picture
 */
export class PausepointImage extends ElementBase {
  static readonly observedAttributes = ['src', 'alt', 'peer'];

  #img: HTMLImageElement | null = null;
  #file: Blob | undefined;
  #address: string | null = null;
  #cover: Cover | null = null;
  readonly #onReady = () => this.#request();

  /** The picture as a file; goes before `src`. */
  get file(): Blob | undefined {
    return this.#file;
  }
  set file(file: Blob | undefined) {
    this.#file = file;
    this.#show();
  }

  /** @internal */
  connectedCallback(): void {
    this.#takeOver();
    if (this.#img === null) {
      const root = this.attachShadow({ mode: 'open' });
      adopt(root, STYLE);
      this.#img = el('img', { class: 'waiting', part: 'image', crossorigin: 'anonymous' });
      root.append(this.#img);
    }
    this.ownerDocument.addEventListener(COVER_READY, this.#onReady);
    this.#show();
  }

  /** @internal */
  disconnectedCallback(): void {
    this.ownerDocument.removeEventListener(COVER_READY, this.#onReady);
    this.#uncover();
    this.#forget();
  }

  /** @internal */
  attributeChangedCallback(name: string): void {
    if (name === 'alt') this.#img?.setAttribute('alt', this.getAttribute('alt') ?? '');
    else this.#show();
  }

  /** A page may have set it on the element before the element was known. */
  #takeOver(): void {
    if (!Object.hasOwn(this, 'file')) return;
    const { file } = this;
    Reflect.deleteProperty(this, 'file');
    this.#file = file;
  }

  #show(): void {
    const img = this.#img;
    if (img === null || !this.isConnected) return;
    this.#uncover();
    this.#forget();
    if (this.#file !== undefined) this.#address = URL.createObjectURL(this.#file);
    img.alt = this.getAttribute('alt') ?? '';
    const source = this.#address ?? this.getAttribute('src');
    if (source === null) img.removeAttribute('src');
    else img.src = source;
    this.#request();
  }

  #request(): void {
    const img = this.#img;
    if (img === null || this.#cover !== null || !img.hasAttribute('src')) return;
    const make = (maker: CoverMaker) => {
      if (this.#cover !== null) return;
      const ended = () => this.#cover === cover && this.#uncover();
      const cover = maker(img, { peer: this.getAttribute('peer') ?? undefined, file: this.#file, ended });
      this.#cover = cover;
      img.classList.remove('waiting');
    };
    this.dispatchEvent(new CustomEvent(COVER_REQUEST, { detail: make, bubbles: true, composed: true }));
  }

  #uncover(): void {
    // Not to be seen until the next one has its cover.
    this.#img?.classList.add('waiting');
    const cover = this.#cover;
    this.#cover = null;
    cover?.remove();
  }

  #forget(): void {
    if (this.#address !== null) URL.revokeObjectURL(this.#address);
    this.#address = null;
  }
}
