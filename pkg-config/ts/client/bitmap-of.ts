/** A bitmap of what a video shows, made smaller by the browser where its longer side is over `longerSide` pixels. */
export function bitmapOf(
  source: HTMLVideoElement | VideoFrame,
  width: number,
  height: number,
  longerSide: number,
): Promise<ImageBitmap> {
  const scale = Math.min(1, longerSide / Math.max(width, height));
  if (scale === 1) return createImageBitmap(source);
  return createImageBitmap(source, {
    resizeWidth: Math.max(1, Math.round(width * scale)),
    resizeHeight: Math.max(1, Math.round(height * scale)),
    resizeQuality: 'medium',
  });
}
