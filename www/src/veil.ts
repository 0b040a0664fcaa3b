/** Width of a covered picture's pixels; few enough that nothing can be made out, with or without the styles. */
const WIDTH = 16;

/**
 * Draws a picture so coarsely that only its colours remain. This, and not the picture under a blur, is what stands in
 * the page before the verdict: there is nothing to uncover in it. `null` when the browser cannot decode it.
 */
export async function veilOf(content: Blob | HTMLCanvasElement): Promise<HTMLCanvasElement | null> {
  try {
    const bitmap = await createImageBitmap(content, { resizeWidth: WIDTH, resizeQuality: 'medium' });
    const canvas = document.createElement('canvas');
    canvas.width = bitmap.width;
    canvas.height = bitmap.height;
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
    bitmap.close();
    return canvas;
  } catch {
    return null;
  }
}
