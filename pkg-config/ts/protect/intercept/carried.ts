import { withoutPictures } from './pasted-pictures.js';

/** A piece of what is carried that is a file or a folder. */
export interface CarriedFile {
  /** As the browser gives it; of a folder, something without use, or nothing. */
  file: File | null;
  /** In an older interface for folders, where the browser has it. */
  entry: FileSystemEntry | null;
}

/** What a drop or a paste carries, taken while the browser lets it be read. */
export interface Carried {
  files: CarriedFile[];
  /** Everything else: text by its type. */
  texts: Map<string, string>;
  effectAllowed: DataTransfer['effectAllowed'];
  dropEffect: DataTransfer['dropEffect'];
}

/** Takes what is carried. */
export function carriedBy(transfer: DataTransfer): Carried {
  const files = Array.from(transfer.items)
    .filter(({ kind }) => kind === 'file')
    .flatMap((item): CarriedFile[] => {
      const entry = item.webkitGetAsEntry?.() ?? null;
      const file = item.getAsFile();
      return file === null && entry === null ? [] : [{ file, entry }];
    });
  const texts = new Map(transfer.types.filter((type) => type !== 'Files').map((type) => [type, transfer.getData(type)]));
  const { effectAllowed, dropEffect } = transfer;
  return { files, texts, effectAllowed, dropEffect };
}

/** The files among it that are no folders. */
export const filesOf = ({ files }: Carried): File[] => files.flatMap(({ file }) => (file === null ? [] : [file]));

/** Without whatever else may show a picture that stays: all that is not plain, and pictures in formatted text. */
export function withoutShown(carried: Carried): Carried {
  const plain = ['text/plain', 'text/uri-list'].flatMap((type): [string, string][] => {
    const text = carried.texts.get(type);
    return text === undefined || text.startsWith('data:') ? [] : [[type, text]];
  });
  const html = carried.texts.get('text/html');
  return { ...carried, texts: new Map(html === undefined ? plain : [...plain, ['text/html', withoutPictures(html)]]) };
}

/** Whether there is a folder among it. */
export const hasFolder = ({ files }: Carried): boolean => files.some(({ entry }) => entry?.isDirectory === true);

/** The same to be carried on, with these files only: each the very object that it was. */
export function carryOn({ texts, effectAllowed, dropEffect }: Carried, files: readonly File[], window: Window & typeof globalThis): DataTransfer {
  const transfer = new window.DataTransfer();
  for (const file of files) transfer.items.add(file);
  for (const [type, text] of texts) transfer.setData(type, text);
  transfer.effectAllowed = effectAllowed;
  transfer.dropEffect = dropEffect;
  return transfer;
}
