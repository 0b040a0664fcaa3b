// The Content Security Policy of the site: what the server sends, and what the build writes into the page for servers
// that send none.

/** For the `<meta>` element. */
export const PAGE_CSP = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  "img-src 'self' blob:",
  "style-src 'self'",
  "manifest-src 'self'",
  "media-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** For the response header: the same, and what only a header can say. */
export const CSP = `${PAGE_CSP}; frame-ancestors 'none'`;
