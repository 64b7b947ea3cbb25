import { addSpecial } from './add-special.ts';
import { bytesOf, textOf, visibleBytes } from './byte-text.ts';
import { mergePairs } from './merge-pairs.ts';
import { unchanged } from './offsets/aligned-text.ts';
import { placeTokens } from './offsets/place-tokens.ts';
import { type Tokenizer, unknownId } from './tokenizer.ts';
import { wellFormed } from './well-formed.ts';

/** Ends every document that GPT-2 was trained on; the id after the 50,256 tokens of text. */
const END_OF_TEXT = { '<|endoftext|>': 50256 };

/**
 * Pieces into which GPT-2 cuts a text before it merges bytes. `\s` would not do: in JavaScript it holds U+FEFF and
 * lacks U+0085, unlike Unicode's white space, which the original means.
 */
const PIECES =
  /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\p{White_Space}\p{L}\p{N}]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+/gu;

/**
 * Loads GPT-2's byte-level BPE (`r50k_base`): 50,257 ids, equal to tiktoken's. The vocabulary is loaded on first use.
 * A lone surrogate, which is no text, encodes as U+FFFD.
 *
 * @see Radford et al. 2019, Language Models are Unsupervised Multitask Learners, §2.2
 * @example
 * (await gpt2Tokenizer()).encode('Frank Sinatra'); // [17439, 10884, 26066]
 */
export async function gpt2Tokenizer(): Promise<Tokenizer> {
  const { default: ranks } = await import('gpt-tokenizer/bpeRanks/r50k_base');
  // The table writes a token as its text, or as its bytes where these are no text.
  const tokens = ranks.map(token =>
    typeof token === 'string' ? bytesOf(token) : String.fromCharCode(...token),
  );
  return addSpecial(byteLevelBpe(tokens), END_OF_TEXT);
}

/** @param tokens the bytes of each token, one character each, in the order in which they were learned. */
function byteLevelBpe(tokens: readonly string[]): Tokenizer {
  const idOf = new Map(tokens.map((token, id) => [token, id]));
  const bytesAt = (id: number): string => {
    const bytes = tokens[id];
    if (bytes === undefined) throw unknownId(id);
    return bytes;
  };
  const idsOf = (piece: string): number[] => {
    const whole = idOf.get(piece);
    if (whole !== undefined) return [whole];
    const starts = mergePairs(
      Array.from(piece, (_, i) => i),
      piece.length,
      (start, _, end) => idOf.get(piece.slice(start, end)),
    );
    // Every single byte is a token.
    return starts.flatMap((start, i) => idOf.get(piece.slice(start, starts[i + 1])) ?? []);
  };
  return {
    vocabSize: tokens.length,
    special: {},
    encode: text => Array.from(text.matchAll(PIECES), ([piece]) => idsOf(bytesOf(piece))).flat(),
    encodeWithOffsets: text => {
      const ids = Array.from(text.matchAll(PIECES), ([piece]) => idsOf(bytesOf(piece))).flat();
      // A lone surrogate is encoded as U+FFFD, which is as long.
      const tokens = ids.map(id => ({ bytes: bytesAt(id) }));
      return { ids, offsets: placeTokens(unchanged(wellFormed(text)), tokens) };
    },
    decode: ids => textOf(ids.map(bytesAt).join('')),
    tokenText: id => visibleBytes(bytesAt(id)),
  };
}
