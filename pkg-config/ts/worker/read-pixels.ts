import type { Pixels } from './host.js';

/** Reads a bitmap's pixels through a canvas. Throws where the browser has none, or hands out other pixels than drawn. */
export function readPixels(bitmap: ImageBitmap): Pixels {
  const { width, height } = bitmap;
  const canvas = new OffscreenCanvas(width, height);
  // Pixels are read back once and never shown: better in main memory than on the graphics card.
  const context = canvas.getContext('2d', { willReadFrequently: true, colorSpace: 'srgb' });
  if (context === null) throw new Error('no canvas');
  if (!keepsPixels(context, width - 1, height - 1)) throw new Error('no read-back');
  context.clearRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  return { rgba: new Uint8Array(data.buffer, data.byteOffset, data.byteLength), width, height };
}

// Some browsers answer a read with noise or white to hide the device, and one draws nothing on a canvas that is too
// large for it. Either would be judged as a harmless picture. So: colours go onto the far corner, and must come back.
function keepsPixels(context: OffscreenCanvasRenderingContext2D, x: number, y: number): boolean {
  return [
    [240, 40, 90],
    [20, 200, 130],
    [70, 110, 250],
  ].every((colour) => {
    context.fillStyle = `rgb(${colour.join(' ')})`;
    context.fillRect(x, y, 1, 1);
    const { data } = context.getImageData(x, y, 1, 1);
    // A few steps of difference are the small noise that some browsers add, which does no harm.
    return data[3] === 255 && colour.every((value, channel) => Math.abs(value - (data[channel] ?? 0)) <= 4);
  });
}
