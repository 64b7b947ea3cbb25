import { AS_WRITTEN, byteLevelBpe } from './byte-level-bpe.ts';
import { sentencePieceTokenizer } from './llama.ts';
import {
  BYTES,
  exactPreTokenizer,
  GPT2_PATTERN,
  LLAMA3_PATTERN,
  type PreTokenizerStep,
  QWEN2_PATTERN,
  sequence,
  split,
} from './pre-tokenizer.ts';
import { PIECE_TYPES, type Piece } from './sentencepiece/model.ts';
import { SPACE } from './sentencepiece/normalize.ts';
import type { Tokenizer } from './tokenizer.ts';
import type { TokenizerJson } from './tokenizer-file.ts';
import { jsonTokenizer } from './tokenizer-json.ts';

/** Kinds of tokenizers by their names under `tokenizer.ggml.model`. */
export const GGUF_TOKENIZERS = { byteLevelBpe: 'gpt2', sentencePiece: 'llama' } as const;

const EACH_DIGIT = split(String.raw`\p{N}`);

/** Pre-tokenizers of byte-level vocabularies, by the name that `tokenizer.ggml.pre` gives them. */
const PRE_TOKENIZERS: Readonly<Record<string, PreTokenizerStep>> = {
  'gpt-2': sequence(split(GPT2_PATTERN), BYTES),
  smollm: sequence(EACH_DIGIT, split(GPT2_PATTERN), BYTES),
  'llama-bpe': sequence(split(LLAMA3_PATTERN), BYTES),
  qwen2: sequence(split(QWEN2_PATTERN), BYTES),
};

/** Returns the name under `tokenizer.ggml.pre` of a pre-tokenizer; undefined if it has none that we know. */
export function ggufPreTokenizer(step: PreTokenizerStep | null | undefined): string | undefined {
  if (!step) return undefined;
  const steps = JSON.stringify(singleSteps(exactPreTokenizer(step)));
  return Object.keys(PRE_TOKENIZERS).find(
    name => JSON.stringify(singleSteps(PRE_TOKENIZERS[name])) === steps,
  );
}

/** Lists the steps of a sequence, and of those in it, by what decides where a text is cut. */
function singleSteps(step: PreTokenizerStep | undefined): unknown[] {
  if (step?.type === 'Sequence' && Array.isArray(step.pretokenizers))
    return step.pretokenizers.flatMap(singleSteps);
  return [[step?.type, step?.pattern, step?.behavior, step?.invert, step?.add_prefix_space, step?.use_regex]];
}

/**
 * Reads the tokenizer that a GGUF file carries in its metadata (`tokenizer.ggml.…`): byte-level BPE (`gpt2`) or
 * SentencePiece (`llama`).
 *
 * @param metadata the file's metadata by their keys.
 * @throws {Error} if the vocabulary is of another kind, or lacks a part.
 * @see https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
 */
export async function ggufTokenizer(metadata: ReadonlyMap<string, unknown>): Promise<Tokenizer> {
  const kind = metadata.get('tokenizer.ggml.model');
  if (kind === GGUF_TOKENIZERS.byteLevelBpe) return jsonTokenizer(ggufTokenizerJson(metadata));
  if (kind !== GGUF_TOKENIZERS.sentencePiece) {
    throw new Error(`Cannot read the GGUF file's tokenizer: its model must be gpt2 or llama, it is ${kind}`);
  }
  const tokens = list<string>(metadata, 'tokens');
  const types = list<number>(metadata, 'token_type');
  const scores = list<number>(metadata, 'scores');
  return sentencePieceTokenizer({
    pieces: tokens.map((text, id): Piece => {
      const type = PIECE_TYPES[types[id] ?? 1] ?? 'normal';
      // Such files state the spaces of user-defined pieces as they are in a text.
      return {
        text: type === 'user-defined' ? text.replaceAll(' ', SPACE) : text,
        score: scores[id] ?? 0,
        type,
      };
    }),
    algorithm: 'bpe',
    byteFallback: types.includes(PIECE_TYPES.indexOf('byte')),
    spaceAfter: false,
    unknownText: ' \u2047 ',
    charsMap: new Uint8Array(),
    addDummyPrefix: metadata.get('tokenizer.ggml.add_space_prefix') !== false,
    removeExtraSpaces: metadata.get('tokenizer.ggml.remove_extra_whitespaces') === true,
    escapeSpaces: true,
  });
}

/**
 * Makes the `tokenizer.json` of a byte-level BPE vocabulary in a GGUF file, which Transformers reads too.
 *
 * @throws {Error} if the vocabulary is of another kind, is cut in a way we do not know, or lacks a part.
 */
export function ggufTokenizerJson(metadata: ReadonlyMap<string, unknown>): TokenizerJson {
  const pre = String(metadata.get('tokenizer.ggml.pre'));
  const preTokenizer = PRE_TOKENIZERS[pre];
  if (!preTokenizer) {
    const known = Object.keys(PRE_TOKENIZERS).join(', ');
    throw new Error(`Cannot read the GGUF file's tokenizer: its "pre" must be one of ${known}, it is ${pre}`);
  }
  const tokens = list<string>(metadata, 'tokens');
  const types = list<number>(metadata, 'token_type');
  const added = tokens.flatMap((content, id) => {
    const type = PIECE_TYPES[types[id] ?? 1];
    if (type !== 'control' && type !== 'user-defined') return [];
    return [{ id, content, special: type === 'control', normalized: false, ...AS_WRITTEN }];
  });
  return {
    ...byteLevelBpe(tokens, {
      merges: list<string>(metadata, 'merges'),
      ignoreMerges: pre === 'llama-bpe',
    }),
    added_tokens: added,
    normalizer: null,
    pre_tokenizer: preTokenizer,
    decoder: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
  };
}

function list<T>(metadata: ReadonlyMap<string, unknown>, name: string): T[] {
  const value = metadata.get(`tokenizer.ggml.${name}`);
  if (Array.isArray(value)) return value;
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return Array.from(value as never);
  throw new Error(`Cannot read the GGUF file's tokenizer: it has no list tokenizer.ggml.${name}`);
}
