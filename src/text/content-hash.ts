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
