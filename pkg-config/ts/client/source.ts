/**
 * What `checkImage` looks at in a browser.
 *
 * Files and bytes are the best source: the engine decodes them itself, so the verdict is the same everywhere, and it
 * looks at several frames of an animation. The others are looked at as the one frame that they show at the moment of
 * the call, in the colours that the browser gives.
 *
 * - `<img>` must be loaded; `<img>`, `<video>` and canvases must not hold content of another origin without CORS.
 * - A WebGL canvas that does not preserve its drawing buffer reads as empty, unless asked in the same task as drawn.
 * - Nothing is closed, detached or changed: what is yours stays yours.
 */
export type ImageSource =
  | Blob
  | File
  | ArrayBuffer
  | ArrayBufferView
  | ImageBitmap
  | ImageData
  | HTMLCanvasElement
  | OffscreenCanvas
  | HTMLImageElement
  | HTMLVideoElement
  | VideoFrame;

/**
 * What `watch` looks at: a camera's or a call's track, or an element that plays.
 *
 * An element must not hold content of another origin without CORS. Nothing is stopped, paused or changed.
 */
export type VideoSource = MediaStreamTrack | HTMLVideoElement;
