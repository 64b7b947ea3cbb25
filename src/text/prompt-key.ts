import { contentHash } from './content-hash.ts';

/**
 * Computes the key that two prompts share if they say the same: the hash of the text, in Unicode's composed form and
 * with white space collapsed. It is also the id of a prompt whose record has none.
 */
export function promptKey(text: string): string {
  return contentHash(text.normalize('NFC').trim().replace(/\s+/g, ' '));
}
