/**
 * A case file that only a passphrase opens, for a stick or a mail: AES-256-GCM with a key from PBKDF2-HMAC-SHA-256, both by the
 * browser's own cryptography. Whoever loses the passphrase has lost the file: there is no other way in.
 */

/** What OWASP asks of PBKDF2 with SHA-256 (Password Storage Cheat Sheet). Written into each file, so that it can grow. */
const ITERATIONS = 600_000;
/** A file that asks for more would keep the browser busy for minutes. */
const MOST_ITERATIONS = 10_000_000;
const VERSION = 'sealed/1';

interface Sealed {
  readonly serosa: typeof VERSION;
  readonly iterations: number;
  /** Base64. */
  readonly salt: string;
  readonly iv: string;
  readonly data: string;
}

/** Browsers give their cryptography only to pages of https or of this machine. */
export const CAN_SEAL = typeof crypto !== 'undefined' && 'subtle' in crypto;

/** Shorter ones are guessed. */
export const SHORTEST_PASSPHRASE = 10;

/** The text, sealed; JSON. */
export async function seal(text: string, passphrase: string): Promise<string> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const key = await keyOf(passphrase, salt, ITERATIONS);
  const data = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(text)));
  const sealed: Sealed = {
    serosa: VERSION,
    iterations: ITERATIONS,
    salt: toBase64(salt),
    iv: toBase64(iv),
    data: toBase64(data),
  };
  return `${JSON.stringify(sealed)}\n`;
}

export function isSealed(text: string): boolean {
  return sealedOf(text) !== undefined;
}

/** The text that was sealed; undefined when the passphrase is another one, or the file was changed. */
export async function unseal(text: string, passphrase: string): Promise<string | undefined> {
  const sealed = sealedOf(text);
  if (sealed === undefined) return undefined;
  try {
    const key = await keyOf(passphrase, fromBase64(sealed.salt), sealed.iterations);
    const iv = fromBase64(sealed.iv);
    return new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, fromBase64(sealed.data)));
  } catch {
    return undefined;
  }
}

function sealedOf(text: string): Sealed | undefined {
  if (!/^\s*\{\s*"serosa"\s*:\s*"sealed\//.test(text.slice(0, 200))) return undefined;
  try {
    const { serosa, iterations, salt, iv, data } = JSON.parse(text) as Partial<Sealed>;
    const whole = [salt, iv, data].every((part) => typeof part === 'string') && Number.isInteger(iterations);
    if (serosa !== VERSION || !whole || Number(iterations) < 1 || Number(iterations) > MOST_ITERATIONS) return undefined;
    return { serosa, iterations, salt, iv, data } as Sealed;
  } catch {
    return undefined;
  }
}

async function keyOf(passphrase: string, salt: Uint8Array<ArrayBuffer>, iterations: number): Promise<CryptoKey> {
  // The same letters may be typed in two ways, by keyboards that differ.
  const typed = new TextEncoder().encode(passphrase.normalize('NFKC'));
  const base = await crypto.subtle.importKey('raw', typed, 'PBKDF2', false, ['deriveKey']);
  const derivation = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations };
  return crypto.subtle.deriveKey(derivation, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

const fromBase64 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
