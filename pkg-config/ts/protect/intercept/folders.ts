import { type Carried, carryOn } from './carried.js';

/** Files of folders that were dropped, by where they are. */
export type Inside = Map<string, File>;

/** More than anybody drops to send it; the others stay where they are. */
const MOST = 10_000;

/** Reads folders, with all that is in them. What cannot be read is not there. */
export async function readFolders(entries: readonly FileSystemEntry[]): Promise<Inside> {
  const inside: Inside = new Map();
  const left = [...entries];
  for (let entry = left.pop(); entry !== undefined && inside.size < MOST; entry = left.pop()) {
    if (entry.isDirectory) left.push(...(await childrenOf(entry as FileSystemDirectoryEntry)).reverse());
    else await addFile(entry as FileSystemFileEntry, inside);
  }
  return inside;
}

async function addFile(entry: FileSystemFileEntry, inside: Inside): Promise<void> {
  const file = await new Promise<File | null>((resolve) => entry.file(resolve, () => resolve(null)));
  if (file !== null) inside.set(entry.fullPath, file);
}

async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const children: FileSystemEntry[] = [];
  for (;;) {
    // A reader gives some at a time, and none when it is done.
    const some = await new Promise<FileSystemEntry[]>((resolve) => reader.readEntries(resolve, () => resolve([])));
    if (some.length === 0) return children;
    children.push(...some);
  }
}

/**
 * What was dropped, with folders that hold only what may go out. No page can put a folder into a `DataTransfer`, so this
 * one is made to look like it: the same members, with the entries of folders among the items.
 */
export function carryFoldersOn(carried: Carried, allowed: ReadonlyMap<string, File>, window: Window & typeof globalThis): DataTransfer {
  const kept = carried.files.flatMap(({ file, entry }) => {
    if (entry === null) return [];
    const view = viewOf(entry, allowed);
    return view === null ? [] : [{ file: allowed.get(entry.fullPath) ?? file, entry: view }];
  });
  const plain = carryOn(carried, kept.flatMap(({ file }) => file ?? []), window);
  const items = kept.map(({ file, entry }) => ({
    kind: 'file',
    type: entry.isDirectory ? '' : (file?.type ?? ''),
    getAsFile: () => file,
    getAsString: () => {},
    webkitGetAsEntry: () => entry,
  }));
  const texts = Array.from(plain.items).filter(({ kind }) => kind === 'string');
  return Object.create(plain, {
    items: { value: Object.assign([...items, ...texts], { add: () => null, clear: () => {}, remove: () => {} }) },
    files: { value: plain.files },
    types: { value: plain.types },
    dropEffect: { value: plain.dropEffect, writable: true },
    effectAllowed: { value: plain.effectAllowed, writable: true },
    getData: { value: (type: string) => plain.getData(type) },
    setData: { value: () => {} },
    clearData: { value: () => {} },
    setDragImage: { value: () => {} },
  }) as DataTransfer;
}

/** An entry that shows only what may go out; `null` for a file that may not. */
function viewOf(entry: FileSystemEntry, allowed: ReadonlyMap<string, File>): FileSystemEntry | null {
  if (entry.isDirectory) {
    return Object.create(entry, {
      ...plainOf(entry),
      createReader: { value: () => readerOf(entry as FileSystemDirectoryEntry, allowed) },
    }) as FileSystemEntry;
  }
  const file = allowed.get(entry.fullPath);
  if (file === undefined) return null;
  return Object.create(entry, { ...plainOf(entry), file: { value: (done: FileCallback) => queueMicrotask(() => done(file)) } }) as FileSystemEntry;
}

/** The browser's own getters want the browser's own object. */
function plainOf({ isFile, isDirectory, name, fullPath, filesystem }: FileSystemEntry): PropertyDescriptorMap {
  const values = { isFile, isDirectory, name, fullPath, filesystem };
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value, enumerable: true }]));
}

function readerOf(folder: FileSystemDirectoryEntry, allowed: ReadonlyMap<string, File>): FileSystemDirectoryReader {
  const reader = folder.createReader();
  const readEntries = (done: FileSystemEntriesCallback, failed?: ErrorCallback): void => {
    reader.readEntries((some) => {
      const views = some.map((entry) => viewOf(entry, allowed)).filter((view) => view !== null);
      // None means that there are no more: where all of these stay, the next are asked for.
      if (views.length === 0 && some.length > 0) readEntries(done, failed);
      else done(views);
    }, failed);
  };
  return { readEntries };
}
