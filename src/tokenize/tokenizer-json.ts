import type { Tokenizer as HuggingFaceTokenizer } from '@huggingface/tokenizers';
import { placeTokens } from './offsets/place-tokens.ts';
import { placedTokens } from './offsets/placed-tokens.ts';
import { hasOwnPatterns } from './own-patterns.ts';
import { exactPreTokenizer } from './pre-tokenizer.ts';
import { type EncodeOptions, type Tokenizer, unknownId } from './tokenizer.ts';
import type { AddedToken, TokenizerJson } from './tokenizer-file.ts';
import { wellFormed } from './well-formed.ts';
import { withinTime } from './within-time.ts';

/**
 * Makes the tokenizer of any Hugging Face `tokenizer.json`. It encodes as Transformers does with
 * `add_special_tokens=False`, and, unless special tokens are allowed, `split_special_tokens=True`. It decodes without
 * `clean_up_tokenization_spaces`.
 *
 * @param content the parsed file.
 * @throws {Error} if the content is no such file, or a step in it is of an unknown type.
 * @example
 * // Given readFile.
 * await jsonTokenizer(JSON.parse(await readFile('checkpoints/smollm2/tokenizer.json', 'utf8')))
 */
export async function jsonTokenizer(content: unknown): Promise<Tokenizer> {
  const json = requireTokenizerJson(content);
  const { Tokenizer: Implementation } = await import('@huggingface/tokenizers');
  const open = (added_tokens: AddedToken[]): HuggingFaceTokenizer => {
    try {
      return new Implementation({ ...json, added_tokens }, {});
    } catch (error) {
      throw new Error(`Cannot read the tokenizer.json: ${(error as Error).message}`, { cause: error });
    }
  };
  const { added_tokens: added } = json;
  const whole = open(added);
  // Without its special tokens it takes a text that looks like one for a text.
  const textOnly = open(added.filter(({ special }) => !special));
  const vocabSize = [...whole.get_vocab().values()].reduce((most, id) => Math.max(most, id + 1), 0);
  const tokenText = (id: number) => {
    const token = whole.id_to_token(id);
    if (token === undefined) throw unknownId(id);
    return token;
  };
  const guarded = <T>(text: string, run: () => T): T =>
    hasOwnPatterns(json) ? withinTime("the tokenizer's regular expressions", text, run) : run();
  const encoded = (text: string, { allowSpecial = false }: EncodeOptions) =>
    (allowSpecial ? whole : textOnly).encode(text, { add_special_tokens: false });
  const placed = placedTokens(json);
  return {
    vocabSize,
    special: Object.fromEntries(
      added.filter(({ special }) => special).map(({ content: name, id }) => [name, id]),
    ),
    encode: (given, options = {}) => {
      const text = wellFormed(given);
      return guarded(text, () => encoded(text, options).ids);
    },
    encodeWithOffsets: (given, options = {}) => {
      const text = wellFormed(given);
      return guarded(text, () => {
        const { ids, tokens } = encoded(text, options);
        const aligned = placed.align(text, part => whole.normalizer?.(part) ?? part);
        return { ids, offsets: placeTokens(aligned, tokens.map(placed.tokenOf), placed.prefix) };
      });
    },
    decode: (ids, { skipSpecial = false } = {}) => {
      for (const id of ids) tokenText(id);
      if (ids.length === 0) return '';
      return whole.decode([...ids], {
        skip_special_tokens: skipSpecial,
        clean_up_tokenization_spaces: false,
      });
    },
    tokenText,
  };
}

/** Checks the content, and returns it with each step that the implementation asks for, `null` where there is none. */
function requireTokenizerJson(content: unknown): TokenizerJson & { added_tokens: AddedToken[] } {
  const json = content as TokenizerJson | null | undefined;
  if (typeof json !== 'object' || typeof json?.model?.vocab !== 'object') {
    const found = typeof json === 'object' && json ? `the keys ${Object.keys(json).join(', ')}` : typeof json;
    throw new Error(`Cannot read the tokenizer.json: it must hold a model with a vocab, found ${found}`);
  }
  return {
    normalizer: null,
    post_processor: null,
    decoder: null,
    ...json,
    pre_tokenizer: json.pre_tokenizer ? exactPreTokenizer(json.pre_tokenizer) : null,
    added_tokens: json.added_tokens ?? [],
  };
}
