const DATA = /^data:(image\/[\w.+-]+)(;[^,]*)?,/i;

/** Pictures that are in formatted text themselves. What it only gives the address of is not on its way out. */
export function picturesIn(html: string): File[] {
  if (!/data:image\//i.test(html)) return [];
  return Array.from(imagesOf(parsed(html)), ({ src }) => fileOf(src)).filter((file) => file !== null);
}

/** The same text without any picture. */
export function withoutPictures(html: string): string {
  const page = parsed(html);
  for (const element of page.querySelectorAll('img, picture, source, svg, video, object, embed')) element.remove();
  return page.body.innerHTML;
}

/** A page of its own, in which nothing runs and nothing is fetched. */
const parsed = (html: string): Document => new DOMParser().parseFromString(html, 'text/html');

const imagesOf = (page: Document) => page.querySelectorAll<HTMLImageElement>('img[src^="data:image/" i]');

function fileOf(address: string): File | null {
  const [whole, type = '', parameters = ''] = DATA.exec(address) ?? [];
  if (whole === undefined) return null;
  const data = address.slice(whole.length);
  try {
    const text = /;base64$/i.test(parameters) ? atob(decodeURIComponent(data)) : unescape(data);
    return new File([Uint8Array.from(text, (character) => character.charCodeAt(0))], 'pasted', { type });
  } catch {
    // It shows nothing either.
    return null;
  }
}
