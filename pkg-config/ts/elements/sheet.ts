/**
 * Gives a shadow root its style. Constructed sheets need no exception in a Content Security Policy. Safari before 16.4 lacks
 * them; there a `<style>` takes their place, and where a policy forbids it the elements are plain, and work.
 */
export function adopt(root: ShadowRoot, css: string): void {
  if ('adoptedStyleSheets' in root) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
  } else {
    const style = document.createElement('style');
    style.textContent = css;
    (root as ShadowRoot).append(style);
  }
}
