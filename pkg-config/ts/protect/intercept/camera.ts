import type { Hold } from './hold.js';
import { replace } from './replace.js';

type Drawing = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;
type Drawn = HTMLCanvasElement | OffscreenCanvas;

/** What a canvas that shows a camera has been drawn to. */
interface Shot {
  /** Grows with every drawing. */
  drawing: number;
  /** The drawing that may go out. */
  allowed: number;
  /** Whether somebody is being asked about it. */
  isAsked: boolean;
}

/**
 * Holds what the page's own code takes from a camera: photographs by `ImageCapture`, and canvases that a camera's video
 * was drawn to, when they are made into files. A camera's video is one whose source is a stream.
 *
 * `toDataURL` has to answer at once, before anybody can have looked. It gives `data:,`, as for a canvas without pixels,
 * and the drawing's own address when it is asked again after the drawing was allowed.
 */
export class Camera {
  readonly #hold: Hold;
  readonly #shots = new WeakMap<Drawn, Shot>();
  /** Frames of a camera that are no element. */
  readonly #frames = new WeakSet<object>();

  constructor(hold: Hold) {
    this.#hold = hold;
    this.#followFrames();
    this.#holdFiles();
  }

  #followFrames(): void {
    const { window, signal } = this.#hold;
    for (const name of ['CanvasRenderingContext2D', 'OffscreenCanvasRenderingContext2D'] as const) {
      if (!(name in window)) continue;
      replace<Drawing, [CanvasImageSource, ...number[]], void>(window[name].prototype, 'drawImage', signal, (original) => (context, source, ...rest) => {
        if (this.#isCamera(source)) this.#drawTo(context.canvas);
        original(context, source, ...rest);
      });
    }
    replace<Window, [ImageBitmapSource, ...unknown[]], Promise<ImageBitmap>>(window, 'createImageBitmap', signal, (original) => async (self, source, ...rest) => {
      const isCamera = this.#isCamera(source);
      const bitmap = await original(self, source, ...rest);
      if (isCamera) this.#frames.add(bitmap);
      return bitmap;
    });
    const ofCamera = prototypeOf(window, 'ImageCapture');
    if (ofCamera === null) return;
    replace<unknown, [], Promise<ImageBitmap>>(ofCamera, 'grabFrame', signal, (original) => async (capture) => {
      const bitmap = await original(capture);
      this.#frames.add(bitmap);
      return bitmap;
    });
    replace<unknown, unknown[], Promise<Blob>>(ofCamera, 'takePhoto', signal, (original) => async (capture, ...rest) => {
      const { files } = await this.#hold.judge([await original(capture, ...rest)], 'camera', null);
      if (files[0] === undefined) throw new window.DOMException('The photograph stays here.', 'AbortError');
      return files[0];
    });
  }

  #holdFiles(): void {
    const { window, signal } = this.#hold;
    const canvas = window.HTMLCanvasElement.prototype;
    replace<HTMLCanvasElement, [BlobCallback, ...unknown[]], void>(canvas, 'toBlob', signal, (original) => (self, done, ...rest) => {
      if (!this.#isHeld(self)) original(self, done, ...rest);
      else original(self, (blob) => void this.#judge(self, blob).then(done, () => done(null)), ...rest);
    });
    replace<HTMLCanvasElement, unknown[], string>(canvas, 'toDataURL', signal, (original) => (self, ...rest) => {
      if (!this.#isHeld(self)) return original(self, ...rest);
      const shot = this.#shots.get(self) as Shot;
      // A file of its own, as an address cannot be looked at before it is given.
      if (!shot.isAsked) self.toBlob(() => {}, 'image/png');
      return 'data:,';
    });
    if (!('OffscreenCanvas' in window)) return;
    replace<OffscreenCanvas, unknown[], Promise<Blob>>(window.OffscreenCanvas.prototype, 'convertToBlob', signal, (original) => async (self, ...rest) => {
      const isHeld = this.#isHeld(self);
      const blob = await original(self, ...rest);
      const allowed = isHeld ? await this.#judge(self, blob) : blob;
      if (allowed === null) throw new window.DOMException('The photograph stays here.', 'AbortError');
      return allowed;
    });
  }

  #isCamera(source: unknown): boolean {
    const { HTMLVideoElement, HTMLCanvasElement } = this.#hold.window;
    if (source instanceof HTMLVideoElement) return source.srcObject !== null;
    if (source instanceof HTMLCanvasElement || isOffscreen(source, this.#hold.window)) return this.#shots.has(source);
    return typeof source === 'object' && source !== null && this.#frames.has(source);
  }

  #drawTo(canvas: Drawn): void {
    const shot = this.#shots.get(canvas);
    if (shot === undefined) this.#shots.set(canvas, { drawing: 1, allowed: 0, isAsked: false });
    else shot.drawing += 1;
  }

  #isHeld(canvas: Drawn): boolean {
    const shot = this.#shots.get(canvas);
    return shot !== undefined && shot.allowed !== shot.drawing;
  }

  async #judge(canvas: Drawn, blob: Blob | null): Promise<Blob | null> {
    const shot = this.#shots.get(canvas);
    if (shot === undefined || blob === null) return blob;
    const { drawing } = shot;
    shot.isAsked = true;
    try {
      const target = canvas instanceof this.#hold.window.HTMLCanvasElement ? canvas : null;
      const { files } = await this.#hold.judge([blob], 'camera', target);
      if (files[0] !== undefined) shot.allowed = drawing;
      return files[0] ?? null;
    } finally {
      shot.isAsked = false;
    }
  }
}

function isOffscreen(source: unknown, window: Window & typeof globalThis): source is OffscreenCanvas {
  return 'OffscreenCanvas' in window && source instanceof window.OffscreenCanvas;
}

/** Of an interface that only some browsers have. */
function prototypeOf(window: object, name: string): object | null {
  const made = (window as Record<string, { prototype?: object } | undefined>)[name];
  return made?.prototype ?? null;
}
