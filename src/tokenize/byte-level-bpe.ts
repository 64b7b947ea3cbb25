/**
 * Makes the content of a `tokenizer.json` whose model is a byte-level BPE, except for the steps that differ from one
 * to the next.
 *
 * @param tokens the vocabulary, in the order of its ids.
 * @param options.ignoreMerges whether a piece that is in the vocabulary is one token, whatever merges lead to.
 */
export function byteLevelBpe(
  tokens: readonly string[],
  { merges, ignoreMerges }: { merges: readonly string[]; ignoreMerges: boolean },
) {
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    post_processor: null,
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: ignoreMerges,
      vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
      merges,
    },
  };
}

/** No space around an added token belongs to it, and it may be inside a word. */
export const AS_WRITTEN = { single_word: false, lstrip: false, rstrip: false };
