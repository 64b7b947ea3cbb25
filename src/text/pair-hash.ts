import { contentHash } from './content-hash.ts';

/**
 * Computes the key of two texts that are compared, the same for both orders, by which a vote finds them again.
 *
 * @returns 16 hexadecimal digits.
 */
export function pairHash(a: string, b: string): string {
  return contentHash(JSON.stringify([a, b].sort()));
}
