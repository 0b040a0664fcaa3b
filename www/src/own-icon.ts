/**
 * Keeps the page's icon in memory. Some browsers ask for it again whenever the address changes, also behind its `#`, and
 * this page asks for nothing once it is loaded. Never rejects: then the icon is where it was.
 */
export async function keepIcon(): Promise<void> {
  const link = document.querySelector<HTMLLinkElement>('link[rel=icon]');
  if (link === null) return;
  try {
    const response = await fetch(link.href);
    if (response.ok) link.href = URL.createObjectURL(await response.blob());
  } catch {
    return;
  }
}
