// How much memory a page takes, its workers and WebAssembly included.
import { readFileSync } from 'node:fs';

/**
 * The sum of the most that each process for pages and graphics ever had resident, in bytes, from Linux's own books;
 * `null` elsewhere. Workers and WebAssembly are in the page's process, and textures in the other.
 */
export async function peakResident(context) {
  if (process.platform !== 'linux') return null;
  const session = await context.browser().newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo
    .filter(({ type }) => type === 'renderer' || type === 'GPU')
    .map(({ id }) => Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))[1]) * 1024)
    .reduce((a, b) => a + b, 0);
}
