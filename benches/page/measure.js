// What every subject's page offers to the benchmark.

const FIRST = '/assets/pictures/first.jpg';

/**
 * Judges a first picture, noting when that was done, and then offers the measurements.
 *
 * @param {(picture: File | ImageData) => Promise<number[]>} judge - gives the probabilities of drawing, hentai,
 *   neutral, porn, sexy; throws when the picture could not be judged
 */
export async function measure(judge) {
  await judge(await read(FIRST, 'file'));
  const firstVerdict = performance.now();

  /** Milliseconds for each picture, one after the other. */
  async function times(paths, as) {
    const pictures = await Promise.all(paths.map((path) => read(path, as)));
    const list = [];
    for (const picture of pictures) {
      const start = performance.now();
      await judge(picture);
      list.push(performance.now() - start);
      await new Promise((resolve) => setTimeout(resolve));
    }
    return list;
  }

  /** The probabilities of each picture. */
  async function probabilities(paths, as) {
    const list = [];
    for (const path of paths) list.push(await judge(await read(path, as)));
    return list;
  }

  /** The longest time for which the page could do nothing else while it judged the files, in milliseconds. */
  async function longestPause(paths) {
    let longest = 0;
    let last = performance.now();
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
      channel.port2.postMessage(0);
    };
    const files = await Promise.all(paths.map((path) => read(path, 'file')));
    last = performance.now();
    channel.port2.postMessage(0);
    for (const file of files) await judge(file);
    channel.port1.close();
    // No message came through since the last picture began to be judged, if that was one long pause.
    return Math.max(longest, performance.now() - last);
  }

  window.subject = { firstVerdict, times, probabilities, longestPause };
}

/** Fetches a picture: `file` for its bytes, `pixels` for decoded ones. */
async function read(path, as) {
  const blob = await (await fetch(path)).blob();
  return as === 'pixels' ? pixelsOf(blob) : new File([blob], 'picture');
}

async function pixelsOf(blob) {
  const bitmap = await createImageBitmap(blob);
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  context.drawImage(bitmap, 0, 0);
  return context.getImageData(0, 0, width, height);
}
