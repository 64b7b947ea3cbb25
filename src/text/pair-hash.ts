import { contentHash } from './content-hash.ts';

/**
 * The key of two texts that are compared, the same whichever stood left: a vote on them finds them again by it.
 *
 * @returns 16 hexadecimal digits.
 */
export function pairHash(a: string, b: string): string {
  return contentHash(JSON.stringify([a, b].sort()));
}
