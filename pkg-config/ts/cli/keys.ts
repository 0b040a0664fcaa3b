import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { UsageError } from './usage-error.js';

/** An issuer's key pair. */
export interface Issuer {
  /** The public key, 64 hexadecimal digits. */
  id: string;
  sign(bytes: Uint8Array): Uint8Array;
}

/** A new private key, as PEM (PKCS #8, RFC 8410). */
export function newKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** The issuer whose private key lies in a file. Throws `UsageError`. */
export function issuerIn(file: string): Issuer {
  return issuerOf(read(file), file);
}

/** The issuer with this private key. */
export function issuerOf(pem: string, file: string): Issuer {
  const key = attempt(() => createPrivateKey(pem));
  if (key?.asymmetricKeyType !== 'ed25519') throw new UsageError(`"${file}" is not an Ed25519 private key as PEM`);
  return { id: idOf(createPublicKey(key)), sign: (bytes) => sign(null, bytes, key) };
}

/** A public key as it stands on the command line: 64 hexadecimal digits, or a file with it. Throws `UsageError`. */
export function publicKey(given: string): string {
  const digits = (text: string) => (/^[0-9a-f]{64}$/i.test(text.trim()) ? text.trim().toLowerCase() : null);
  const id = digits(given);
  if (id !== null) return id;
  const text = read(given);
  const key = attempt(() => createPublicKey(text));
  const found = digits(text) ?? (key?.asymmetricKeyType === 'ed25519' ? idOf(key) : null);
  if (found === null) throw new UsageError(`"${given}" is not an Ed25519 public key`);
  return found;
}

function idOf(key: KeyObject): string {
  return Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url').toString('hex');
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new UsageError(`"${file}" cannot be read`);
  }
}

function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}
