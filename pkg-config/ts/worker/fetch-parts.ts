import type { Report } from './host.js';
import { StartError } from './start-error.js';

/** Fetches and compiles the WebAssembly file, compiling while it comes where the server's MIME type allows it. */
export async function fetchModule(address: string, report: Report): Promise<WebAssembly.Module> {
  const response = await request(address, 'assets/wasm-unreachable');
  const total = lengthOf(response);
  report(0, total);
  try {
    // The untouched response goes in: only so can the browser keep its compiled code with the cached file.
    if (mimeOf(response) === 'application/wasm' && 'compileStreaming' in WebAssembly) {
      const module = await WebAssembly.compileStreaming(response);
      if (total !== null) report(total, total);
      return module;
    }
    const bytes = await response.arrayBuffer();
    report(bytes.byteLength, bytes.byteLength);
    return await WebAssembly.compile(bytes);
  } catch (error) {
    // Anything but a refused module is a connection that broke.
    const invalid = error instanceof WebAssembly.CompileError || error instanceof WebAssembly.LinkError;
    throw new StartError(invalid ? 'assets/wasm-invalid' : 'assets/wasm-unreachable');
  }
}

/** Fetches the model file. Throws `StartError`. */
export async function fetchModel(address: string, report: Report, signal?: AbortSignal): Promise<ArrayBuffer> {
  const response = await request(address, 'assets/model-unreachable', signal);
  try {
    return await collect(response, report);
  } catch {
    throw new StartError('assets/model-unreachable');
  }
}

async function request(address: string, code: string, signal: AbortSignal | null = null): Promise<Response> {
  const response = await fetch(address, { signal }).catch(() => null);
  if (!response?.ok) throw new StartError(code);
  return response;
}

// Of a compressed transfer the length header tells what travels, not what arrives.
function lengthOf(response: Response): number | null {
  const length = Number(response.headers.get('content-length') ?? NaN);
  return Number.isSafeInteger(length) && !response.headers.has('content-encoding') ? length : null;
}

function mimeOf(response: Response): string {
  return (response.headers.get('content-type') ?? '').trim().toLowerCase();
}

async function collect(response: Response, report: Report): Promise<ArrayBuffer> {
  if (response.body === null) return response.arrayBuffer();
  const chunks: Uint8Array[] = [];
  let loaded = 0;
  let total = lengthOf(response);
  report(0, total);
  const reader = response.body.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    chunks.push(next.value);
    loaded += next.value.byteLength;
    // Across origins the encoding is hidden and only this shows that the length was another one.
    if (total !== null && loaded > total) total = null;
    report(loaded, total);
  }
  const all = new Uint8Array(loaded);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.byteLength;
  }
  report(loaded, loaded);
  return all.buffer;
}
