// What every subject's page offers to run.mjs.

const FIRST = '/assets/pictures/first.jpg';

/** Judges a first picture, noting when that was done, and then offers the measurements. */
export async function measure(judge) {
  const fetchFile = async (path) => new File([await (await fetch(path)).blob()], 'picture');
  await judge(await fetchFile(FIRST));
  const firstVerdict = performance.now();

  /** Milliseconds for each file, one after the other. */
  async function times(paths) {
    const files = await Promise.all(paths.map(fetchFile));
    const list = [];
    for (const file of files) {
      const start = performance.now();
      await judge(file);
      list.push(performance.now() - start);
      await new Promise((resolve) => setTimeout(resolve));
    }
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
    const files = await Promise.all(paths.map(fetchFile));
    last = performance.now();
    channel.port2.postMessage(0);
    for (const file of files) await judge(file);
    channel.port1.close();
    return longest;
  }

  window.subject = { firstVerdict, times, longestPause };
}
