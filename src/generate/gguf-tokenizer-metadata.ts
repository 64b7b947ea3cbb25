import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exists, readIfExists } from '../files/index.ts';
import type { GgufMetadata } from '../model/index.ts';
import { isRecord } from '../readers/index.ts';
import {
  GGUF_TOKENIZERS,
  ggufPreTokenizer,
  isSentencePieceJson,
  PIECE_TYPES,
  type Piece,
  readSentencePieceModel,
  type SentencePieceModel,
  sentencePieceBpe,
  type TokenizerJson,
} from '../tokenize/index.ts';
import { readVocabulary, type Vocabulary } from './read-vocabulary.ts';

type GgufPiece = Pick<Piece, 'text' | 'type'>;

/** Tokens as a GGUF file lists them, and what it states of how a text becomes them. */
interface GgufVocabulary {
  pieces: readonly (GgufPiece | undefined)[];
  metadata: GgufMetadata;
}

/**
 * Returns what a GGUF file states of the tokenizer of a folder in Hugging Face's layout: the inverse of
 * `ggufTokenizerFiles`.
 *
 * @param vocabSize rows of the model's token embedding; those that no token has are stated as unused.
 * @throws {Error} if llama.cpp knows no such tokenizer.
 */
export async function ggufTokenizerMetadata(folder: string, vocabSize: number): Promise<GgufMetadata> {
  const vocabulary = await readVocabulary(folder);
  const json = await readTokenizerJson(join(folder, 'tokenizer.json'));
  const model = join(folder, 'tokenizer.model');
  const { pieces, metadata } = (await exists(model))
    ? sentencePieceModelVocabulary(await readFile(model), json, vocabSize)
    : jsonVocabulary(json, folder, vocabSize);
  const listed = Array.from(
    { length: vocabSize },
    (_, id): GgufPiece => pieces[id] ?? { text: `[PAD${id}]`, type: 'unused' },
  );
  return {
    ...metadata,
    'tokenizer.ggml.tokens': { type: 'text', value: listed.map(({ text }) => text) },
    'tokenizer.ggml.token_type': {
      type: 'int32',
      value: listed.map(({ type }) => PIECE_TYPES.indexOf(type)),
    },
    ...specialMetadata(vocabulary),
  };
}

function jsonVocabulary(json: TokenizerJson | undefined, folder: string, vocabSize: number): GgufVocabulary {
  if (json && isSentencePieceJson(json)) {
    const { pieces, addDummyPrefix } = sentencePieceBpe(json);
    return sentencePieceVocabulary(pieces, { addDummyPrefix, removeExtraSpaces: false }, vocabSize);
  }
  const refuse = (required: string, found: string) =>
    new Error(`Cannot write the tokenizer of ${folder} as GGUF: ${required} is required, found ${found}`);
  if (!json) throw refuse('a tokenizer.json or tokenizer.model', 'neither');
  return byteLevelVocabulary(json, refuse);
}

function byteLevelVocabulary(
  json: TokenizerJson,
  refuse: (required: string, found: string) => Error,
): GgufVocabulary {
  const { type, vocab, merges } = json.model;
  const pre = ggufPreTokenizer(json.pre_tokenizer);
  if (type !== 'BPE' || pre === undefined || !isRecord(vocab) || !Array.isArray(merges))
    throw refuse('byte-level BPE that llama.cpp cuts alike, or a tokenizer.model', describe(json));
  if (json.normalizer && pre !== 'qwen2')
    throw refuse('a tokenizer without normalizer', JSON.stringify(json.normalizer));
  return {
    pieces: withAdded(
      Object.entries(vocab).map(([text, id]) => [Number(id), { text, type: 'normal' }]),
      json,
    ),
    metadata: {
      'tokenizer.ggml.model': { type: 'text', value: GGUF_TOKENIZERS.byteLevelBpe },
      'tokenizer.ggml.pre': { type: 'text', value: pre },
      'tokenizer.ggml.merges': {
        type: 'text',
        value: merges.map((pair: unknown) => (Array.isArray(pair) ? pair.join(' ') : String(pair))),
      },
    },
  };
}

function describe({ model, pre_tokenizer }: TokenizerJson): string {
  return `${model.type ?? 'a model without type'}, cut by ${JSON.stringify(pre_tokenizer ?? null)}`;
}

function sentencePieceModelVocabulary(
  file: Uint8Array,
  json: TokenizerJson | undefined,
  vocabSize: number,
): GgufVocabulary {
  const model = readSentencePieceModel(file);
  requireReadAlike(model);
  const pieces = withAdded([...model.pieces.entries()], json);
  const scored = pieces.map((piece, id): Piece => ({ ...piece, score: model.pieces[id]?.score ?? 0 }));
  return sentencePieceVocabulary(scored, model, vocabSize);
}

/** Returns pieces as llama.cpp reads them: it finds those that are user-defined, with their spaces, in a text. */
function sentencePieceVocabulary(
  pieces: readonly (Piece | undefined)[],
  { addDummyPrefix, removeExtraSpaces }: Pick<SentencePieceModel, 'addDummyPrefix' | 'removeExtraSpaces'>,
  vocabSize: number,
): GgufVocabulary {
  return {
    pieces: pieces.map(
      piece =>
        piece &&
        (piece.type === 'user-defined' ? { ...piece, text: piece.text.replaceAll('▁', ' ') } : piece),
    ),
    metadata: {
      'tokenizer.ggml.model': { type: 'text', value: GGUF_TOKENIZERS.sentencePiece },
      'tokenizer.ggml.scores': {
        type: 'float32',
        value: Array.from({ length: vocabSize }, (_, id) => pieces[id]?.score ?? 0),
      },
      'tokenizer.ggml.add_space_prefix': { type: 'truth', value: addDummyPrefix },
      'tokenizer.ggml.remove_extra_whitespaces': { type: 'truth', value: removeExtraSpaces },
      ...tokenId(
        'unknown',
        pieces.findIndex(piece => piece?.type === 'unknown'),
      ),
    },
  };
}

/** Refuses a SentencePiece model of which llama.cpp would read other ids: it neither normalises a text nor drops spaces. */
function requireReadAlike(model: SentencePieceModel): void {
  const refuse = (required: string, found: string) => {
    throw new Error(`Cannot write the tokenizer as GGUF: ${required} is required, found ${found}`);
  };
  if (model.algorithm !== 'bpe') refuse("SentencePiece's bpe", model.algorithm);
  if (model.spaceAfter) refuse('spaces before words', 'spaces after words');
  if (!model.escapeSpaces) refuse('spaces written as ▁', 'spaces as they are');
  if (model.removeExtraSpaces) refuse('a tokenizer that keeps all spaces', 'one that drops some');
  if (model.charsMap.length > 0) refuse('a tokenizer without rules of normalisation', 'some');
  if (!model.byteFallback) refuse('a piece for each byte', 'none');
}

/** Returns the tokens by id: those of the model, with the added ones of `tokenizer.json` in place of what they name. */
function withAdded(
  model: (readonly [id: number, piece: GgufPiece])[],
  json: TokenizerJson | undefined,
): GgufPiece[] {
  const pieces: GgufPiece[] = [];
  for (const [id, { text, type }] of model) pieces[id] = { text, type };
  for (const { id, content, special } of json?.added_tokens ?? []) {
    if (pieces[id]?.type !== 'unknown')
      pieces[id] = { text: content, type: special ? 'control' : 'user-defined' };
  }
  return pieces;
}

function specialMetadata({ tokenizer, begin, bos, eos, ends, template }: Vocabulary): GgufMetadata {
  const idOf = (text: string | undefined) => (text === undefined ? undefined : tokenizer.special[text]);
  const end = idOf(eos) ?? ends[0];
  const others = ends.filter(id => id !== end);
  if (others.length > 2)
    throw new RangeError(
      `Cannot write the tokenizer as GGUF: at most 3 tokens that end an answer are required, found ${ends.length}`,
    );
  return {
    ...tokenId('bos', begin ?? idOf(bos)),
    ...tokenId('eos', end),
    ...tokenId('eot', others[0]),
    ...tokenId('eom', others[1]),
    'tokenizer.ggml.add_bos_token': { type: 'truth', value: begin !== undefined },
    'tokenizer.ggml.add_eos_token': { type: 'truth', value: false },
    ...(template !== undefined && { 'tokenizer.chat_template': { type: 'text', value: template } }),
  };
}

function tokenId(name: string, id: number | undefined): GgufMetadata {
  return id === undefined ? {} : { [`tokenizer.ggml.${name}_token_id`]: { type: 'uint32', value: id } };
}

async function readTokenizerJson(path: string): Promise<TokenizerJson | undefined> {
  const text = await readIfExists(path);
  if (text === undefined) return undefined;
  const json: unknown = JSON.parse(text);
  if (isTokenizerJson(json)) return json;
  throw new Error(`Cannot read ${path}: it must hold a model with a vocab`);
}

function isTokenizerJson(value: unknown): value is TokenizerJson {
  return isRecord(value) && isRecord(value.model) && value.model.vocab !== undefined;
}
