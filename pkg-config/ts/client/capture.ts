import { captureBytes, kindOf } from './capture-bytes.js';
import type { Captured } from './host.js';
import type { Limits } from './options.js';
import type { ImageSource } from './source.js';

/** What can be drawn: the browser makes a bitmap of it. */
type Drawable = Exclude<ImageSource, Blob | ArrayBuffer | ArrayBufferView>;

/** How one kind of drawable is taken. */
interface Taking {
  /** The format named in the verdict. */
  format: string;
  /** Width and height in pixels, or `null` when there is no picture in it (yet). */
  size: [number, number] | null;
}

/** Takes the picture as it is now. Throws `TypeError` for what is no picture source. */
export function capture(source: ImageSource, limits: Limits): Promise<Captured> {
  const bytes = captureBytes(source, limits);
  if (bytes !== null) return Promise.resolve(bytes);

  const drawable = source as Drawable;
  const taking = takingOf(drawable);
  if (taking === null) throw new TypeError('source/not-a-picture-source');
  const { format, size } = taking;
  if (size === null || !(size[0] > 0 && size[1] > 0)) return Promise.resolve({ unchecked: 'not-readable' });
  // Before a bitmap takes the memory.
  if (size[0] * size[1] > limits.maxPixels) return Promise.resolve({ unchecked: 'too-many-pixels' });

  if (format === 'image-data') {
    const pixels = plainPixels(drawable as ImageData);
    if (pixels !== null) return Promise.resolve(pixels);
  }
  return bitmapOf(drawable, format);
}

function takingOf(source: Drawable): Taking | null {
  switch (kindOf(source)) {
    case 'ImageBitmap': {
      const { width, height } = source as ImageBitmap;
      return { format: 'image-bitmap', size: [width, height] };
    }
    case 'ImageData': {
      const { width, height } = source as ImageData;
      return { format: 'image-data', size: [width, height] };
    }
    case 'HTMLCanvasElement':
    case 'OffscreenCanvas': {
      const { width, height } = source as HTMLCanvasElement | OffscreenCanvas;
      return { format: 'canvas', size: [width, height] };
    }
    case 'HTMLImageElement': {
      const { complete, naturalWidth, naturalHeight } = source as HTMLImageElement;
      return { format: 'image', size: complete ? [naturalWidth, naturalHeight] : null };
    }
    case 'HTMLVideoElement': {
      const video = source as HTMLVideoElement;
      const hasFrame = video.readyState >= video.HAVE_CURRENT_DATA;
      return { format: 'video-frame', size: hasFrame ? [video.videoWidth, video.videoHeight] : null };
    }
    case 'VideoFrame': {
      const frame = source as VideoFrame;
      return { format: 'video-frame', size: [frame.displayWidth, frame.displayHeight] };
    }
    default:
      return null;
  }
}

// Pixels of 8 bits in sRGB are what the engine takes; others go through the browser, which converts them.
function plainPixels(image: ImageData): Captured | null {
  const { data, width, height, colorSpace } = image;
  if (colorSpace !== 'srgb' || kindOf(data) !== 'Uint8ClampedArray') return null;
  if (data.length !== width * height * 4) return { unchecked: 'not-readable' };
  const rgba = new Uint8Array(data).buffer;
  return { picture: { kind: 'pixels', rgba, width, height, format: 'image-data' }, transfer: [rgba] };
}

async function bitmapOf(source: Drawable, format: string): Promise<Captured> {
  try {
    const bitmap = await createImageBitmap(source);
    return { picture: { kind: 'bitmap', bitmap, format }, transfer: [bitmap] };
  } catch {
    return { unchecked: 'not-readable' };
  }
}
