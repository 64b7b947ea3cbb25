import ranks from 'gpt-tokenizer/bpeRanks/r50k_base';
import { bytesOf, visibleBytes } from '../../../src/tokenize/byte-text.ts';
import { mergePairs } from '../../../src/tokenize/merge-pairs.ts';

/**
 * GPT-2's vocabulary as Hugging Face and GGUF write it: its tokens by their ids, and which two each was merged
 * from. The table holds no merges; a token's two halves are what earlier merges make of it.
 */
export function gpt2Vocabulary(): { tokens: string[]; merges: string[] } {
  const bytes = ranks.map(token =>
    typeof token === 'string' ? bytesOf(token) : String.fromCharCode(...token),
  );
  const idOf = new Map(bytes.map((token, id) => [token, id]));
  const merges = bytes.flatMap((token, id) => {
    if (token.length === 1) return [];
    const earlier = (start: number, _: number, end: number) => {
      const rank = idOf.get(token.slice(start, end));
      return rank === undefined || rank >= id ? undefined : rank;
    };
    const [, middle] = mergePairs(
      Array.from(token, (_, i) => i),
      token.length,
      earlier,
    );
    return [`${visibleBytes(token.slice(0, middle))} ${visibleBytes(token.slice(middle))}`];
  });
  return { tokens: [...bytes.map(visibleBytes), '<|endoftext|>'], merges };
}

/** The metadata of a GGUF file that carries GPT-2's tokenizer. */
export function gpt2Metadata(): Map<string, unknown> {
  const { tokens, merges } = gpt2Vocabulary();
  return new Map<string, unknown>([
    ['tokenizer.ggml.model', 'gpt2'],
    ['tokenizer.ggml.pre', 'gpt-2'],
    ['tokenizer.ggml.tokens', tokens],
    ['tokenizer.ggml.merges', merges],
    ['tokenizer.ggml.token_type', Int32Array.from(tokens, (_, id) => (id === 50256 ? 3 : 1))],
  ]);
}
