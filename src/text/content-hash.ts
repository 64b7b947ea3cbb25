import { hash64 } from '../stats/index.ts';

/**
 * Computes the key of a text: its 64-bit FNV-1a hash, so that annotations find the answer they were made on and
 * prompts without an id get a stable one. Not for security.
 *
 * @returns 16 hexadecimal digits.
 */
export function contentHash(text: string): string {
  return hash64(text).toString(16).padStart(16, '0');
}

/**
 * Computes the key of two texts that are compared, the same for both orders, by which a vote finds them again.
 *
 * @returns 16 hexadecimal digits.
 */
export function pairHash(a: string, b: string): string {
  return contentHash(JSON.stringify([a, b].sort()));
}

/**
 * Computes the key that two prompts share if they say the same: the hash of the text, in Unicode's composed form and
 * with white space collapsed. It is also the id of a prompt whose record has none.
 */
export function promptKey(text: string): string {
  return contentHash(text.normalize('NFC').trim().replace(/\s+/g, ' '));
}
