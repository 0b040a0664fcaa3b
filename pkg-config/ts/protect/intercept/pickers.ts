import type { Hold } from './hold.js';
import { replace } from './replace.js';

/** Holds files that the page gets by `showOpenFilePicker` (File System Access). */
export function holdPickers(hold: Hold): void {
  replace<Window, unknown[], Promise<FileSystemFileHandle[]>>(hold.window, 'showOpenFilePicker', hold.signal, (original) => async (window, ...rest) => {
    const handles = await original(window, ...rest);
    const files = await Promise.all(handles.map((handle) => handle.getFile()));
    const { files: allowed, places } = await hold.judge(files, 'picker', null);
    // As where a person closes the browser's own window for choosing.
    if (allowed.length === 0) throw new hold.window.DOMException('Nothing was chosen that may go out.', 'AbortError');
    return places.map((place, i) => handleOf(handles[place] as FileSystemFileHandle, files[place] as File, allowed[i] as File));
  });
}

/** A handle that gives what may go out: also where the file is another by then, or had to lose its metadata. */
function handleOf(handle: FileSystemFileHandle, asked: File, allowed: File): FileSystemFileHandle {
  const read = handle.getFile.bind(handle);
  const getFile = async (): Promise<File> => {
    const now = await read();
    return asked === allowed && now.lastModified === asked.lastModified && now.size === asked.size ? now : allowed;
  };
  Object.defineProperty(handle, 'getFile', { value: getFile, configurable: true });
  return handle;
}
