import { AS_WRITTEN, byteLevelBpe } from '../tokenize/byte-level-bpe.ts';
import { bytesOf, visibleBytes } from '../tokenize/byte-text.ts';
import { ROLE_TOKENS, type TokenizerJson } from '../tokenize/index.ts';
import { BARE_BEGINNING, BYTES, sequence, split, WORD_PATTERN } from '../tokenize/pre-tokenizer.ts';

/** Ends a document. */
export const END_OF_TEXT = '<|endoftext|>';

/** The spaces that are put where a word begins without one. */
const PUT = String.raw`(?<=[\n(]) (?=[^\n)])|(?<=[\s(]") `;

const EVERY_BYTE = String.fromCharCode(...Array.from({ length: 256 }, (_, byte) => byte));

/** Content of a world's `tokenizer.json`. */
export interface WorldTokenizerJson extends TokenizerJson {
  model: TokenizerJson['model'] & { vocab: Readonly<Record<string, number>> };
}

/**
 * Makes a tokenizer for a world, as the content of a `tokenizer.json`: each word of the texts is one token, and any
 * other text falls into bytes, so that all of it comes back. Transformers reads it too.
 *
 * @param texts whose words become tokens.
 */
export function worldTokenizer(texts: Iterable<string>): WorldTokenizerJson {
  const words = new Set<string>();
  for (const text of texts) for (const word of wordsOf(text)) words.add(word);
  const names = [...words].map(word => visibleBytes(bytesOf(word)));
  const vocabulary = [...new Set([...visibleBytes(EVERY_BYTE), ...names.sort()])];
  const special = [END_OF_TEXT, ...Object.values(ROLE_TOKENS)];
  return {
    // A word of the vocabulary is one token; there are no merges that would lead to it.
    ...byteLevelBpe(vocabulary, { merges: [], ignoreMerges: true }),
    // As LLaMA has it: an answer's first word is the token that it is within a text, whose facts a model knows.
    normalizer: {
      type: 'Sequence',
      normalizers: [
        { type: 'Prepend', prepend: ' ' },
        { type: 'Replace', pattern: { Regex: BARE_BEGINNING }, content: ' ' },
      ],
    },
    pre_tokenizer: sequence(split(WORD_PATTERN), BYTES),
    decoder: {
      type: 'Sequence',
      decoders: [
        BYTES,
        { type: 'Replace', pattern: { Regex: PUT }, content: '' },
        { type: 'Strip', content: ' ', start: 1, stop: 0 },
      ],
    },
    added_tokens: special.map((content, index) => ({
      id: vocabulary.length + index,
      content,
      special: true,
      normalized: false,
      ...AS_WRITTEN,
    })),
  };
}

/**
 * Encodes texts as a world's tokenizer does, many times faster: the words of all of them are in its vocabulary.
 *
 * @returns a function that throws a `RangeError` for a text with another word.
 */
export function wordEncoder({ model: { vocab } }: WorldTokenizerJson): (text: string) => number[] {
  const ids = new Map<string, number>();
  const idOf = (word: string): number => {
    const id = ids.get(word) ?? vocab[visibleBytes(bytesOf(word))];
    if (id === undefined)
      throw new RangeError(`Cannot encode "${word}": a word of the vocabulary is required`);
    ids.set(word, id);
    return id;
  };
  return text => wordsOf(text).map(idOf);
}

const [WORDS, BARE] = [new RegExp(WORD_PATTERN, 'gu'), new RegExp(BARE_BEGINNING, 'gu')];

/** Cuts a text into words with the space before them, marks and white space, as the tokenizer does. */
function wordsOf(text: string): string[] {
  return text === '' ? [] : (` ${text}`.replace(BARE, ' ').match(WORDS) ?? []);
}
