// A static server for the built site, for `cargo xtask demo` and the browser tests:
//
//   node www/server.mjs [--root DIR] [--port N]      port 0: any that is free; default 8741
//
// It listens on 127.0.0.1 only, gives files and nothing else, and sends the headers that the site is meant to run under.

import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { dirname, extname, join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { CSP } from './csp.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const PORT = 8741;

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.ppmodel': 'application/octet-stream',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
};

/**
 * Serves a folder until closed.
 *
 * @param {object} options
 * @param {string} [options.root] - the folder; default: the built site
 * @param {number} [options.port] - 0 for any that is free
 * @param {string} [options.csp] - another Content Security Policy
 * @param {Map<string, string>} [options.overrides] - for tests: the file to give for a path, in place of the folder's
 * @param {(path: string) => void} [options.onRequest] - for tests: told of every request
 * @returns {Promise<{ url: string, close(): Promise<void> }>}
 */
export async function serve({ root, port = PORT, csp = CSP, overrides, onRequest } = {}) {
  const folder = await realpath(root ?? join(HERE, 'dist'));
  const always = {
    'Content-Security-Policy': csp,
    'Permissions-Policy': 'camera=(self), microphone=(), geolocation=(), clipboard-read=(self)',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  };

  const server = createServer(async (request, response) => {
    const path = pathOf(request.url ?? '');
    onRequest?.(path ?? '');
    const refuse = (status, headers = {}) => {
      const text = `${status}\n`;
      response.writeHead(status, { ...always, ...headers, 'Content-Type': TYPES['.txt'], 'Content-Length': text.length });
      response.end(request.method === 'HEAD' ? undefined : text);
    };

    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, { Allow: 'GET, HEAD' });
    if (path === null) return refuse(400);
    const file = await fileAt(folder, path, overrides);
    if (file === null) return refuse(404);

    response.writeHead(200, {
      ...always,
      // Names in assets/ carry a hash of their content; the rest may change with every build.
      'Cache-Control': path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      'Content-Length': file.size,
      'Content-Type': TYPES[extname(file.path)] ?? 'application/octet-stream',
    });
    if (request.method === 'HEAD') return response.end();
    // A visitor who leaves in the middle is nothing to report.
    await pipeline(createReadStream(file.path), response).catch(() => response.destroy());
  });

  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function pathOf(target) {
  try {
    const path = decodeURIComponent(target.split(/[?#]/, 1)[0]);
    return path.startsWith('/') && !path.includes('\0') ? path : null;
  } catch {
    return null;
  }
}

async function fileAt(folder, path, overrides) {
  const replaced = overrides?.get(path);
  try {
    // Resolved on the disk, so that neither `..` nor a link leads out of the folder.
    const file = await realpath(replaced ?? join(folder, path.endsWith('/') ? `${path}index.html` : path));
    if (replaced === undefined && !file.startsWith(folder + sep)) return null;
    const { size, isFile } = await stat(file).then((found) => ({ size: found.size, isFile: found.isFile() }));
    return isFile ? { path: file, size } : null;
  } catch {
    return null;
  }
}

async function main() {
  const { values } = parseArgs({ options: { root: { type: 'string' }, port: { type: 'string' } } });
  const port = Number(values.port ?? PORT);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error('--port must be a number from 0 to 65535');
  const { url } = await serve({ ...(values.root === undefined ? {} : { root: values.root }), port });
  console.log(url);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    await main();
  } catch (error) {
    if (error.code === 'EADDRINUSE') console.error('That port is taken; choose another with --port, or 0 for any.');
    else if (error.code === 'ENOENT') console.error('There is no built site; `cargo xtask demo` makes it.');
    else console.error(error.message);
    process.exitCode = 1;
  }
}
