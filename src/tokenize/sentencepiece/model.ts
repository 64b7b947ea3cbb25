import { type Field, readFields } from './protobuf.ts';

/** Types of pieces; the numbers of `sentencepiece_model.proto`. */
export const PIECE_TYPES = [
  undefined,
  'normal',
  'unknown',
  'control',
  'user-defined',
  'unused',
  'byte',
] as const;

/** One entry of the vocabulary; its id is its place. */
export interface Piece {
  text: string;
  /** Log-probability of a unigram model; minus the order of learning of a BPE model. */
  score: number;
  type: 'normal' | 'unknown' | 'control' | 'user-defined' | 'unused' | 'byte';
}

/** Content of a SentencePiece file: how it was trained and how it treats a text. */
export interface SentencePieceModel {
  pieces: Piece[];
  algorithm: 'unigram' | 'bpe';
  /** True if a character outside of the vocabulary becomes its UTF-8 bytes. */
  byteFallback: boolean;
  /** True if the mark of a space comes after a word rather than before it. */
  spaceAfter: boolean;
  /** Text that an unknown piece decodes to. */
  unknownText: string;
  /** Rules of normalisation in SentencePiece's compiled form; empty for none. */
  charsMap: Uint8Array;
  /** True if a text gets a space at its start, so that its first word is like any other. */
  addDummyPrefix: boolean;
  /** True if spaces at the ends are dropped and runs become one. */
  removeExtraSpaces: boolean;
  /** True if a space is written as ▁. */
  escapeSpaces: boolean;
}

/** Field numbers of `sentencepiece_model.proto`. */
const MODEL = { pieces: 1, trainer: 2, normalizer: 3 };
const PIECE = { text: 1, score: 2, type: 3 };
const TRAINER = { modelType: 3, spaceAfter: 24, byteFallback: 35, unknownText: 44 };
const NORMALIZER = { charsMap: 2, addDummyPrefix: 3, removeExtraSpaces: 4, escapeSpaces: 5 };
const ALGORITHMS = [undefined, 'unigram', 'bpe'] as const;

/**
 * Reads a SentencePiece model, such as LLaMA's `tokenizer.model`.
 *
 * @param bytes the file.
 * @throws {Error} if it is no SentencePiece model, or one that splits by words or characters.
 * @see https://github.com/google/sentencepiece/blob/v0.2.0/src/sentencepiece_model.proto
 */
export function readModel(bytes: Uint8Array): SentencePieceModel {
  try {
    return parseModel(bytes);
  } catch (error) {
    throw new Error(`Cannot read the SentencePiece model: ${(error as Error).message}`, { cause: error });
  }
}

function parseModel(bytes: Uint8Array): SentencePieceModel {
  const fields = [...readFields(bytes)];
  const trainer = message(fields, MODEL.trainer);
  const normalizer = message(fields, MODEL.normalizer);
  const modelType = numberOf(trainer, TRAINER.modelType) ?? 1;
  const algorithm = ALGORITHMS[modelType];
  if (!algorithm) throw new Error(`its type must be 1 (unigram) or 2 (BPE), it is ${modelType}`);
  const pieces = fields.filter(({ number }) => number === MODEL.pieces).map(({ value }) => readPiece(value));
  if (!pieces.some(({ type }) => type === 'unknown')) {
    throw new Error(`one piece must be the unknown one, none of its ${pieces.length} pieces is`);
  }
  const flag = (from: Field[], number: number, otherwise: boolean) => {
    const value = numberOf(from, number);
    return value === undefined ? otherwise : value !== 0;
  };
  return {
    pieces,
    algorithm,
    byteFallback: flag(trainer, TRAINER.byteFallback, false),
    spaceAfter: flag(trainer, TRAINER.spaceAfter, false),
    unknownText: textOf(trainer, TRAINER.unknownText) ?? ' \u2047 ',
    charsMap: bytesOf(normalizer, NORMALIZER.charsMap) ?? new Uint8Array(),
    addDummyPrefix: flag(normalizer, NORMALIZER.addDummyPrefix, true),
    removeExtraSpaces: flag(normalizer, NORMALIZER.removeExtraSpaces, true),
    escapeSpaces: flag(normalizer, NORMALIZER.escapeSpaces, true),
  };
}

function readPiece(value: Field['value']): Piece {
  const fields = typeof value === 'number' ? [] : [...readFields(value)];
  const text = textOf(fields, PIECE.text);
  const typeNumber = numberOf(fields, PIECE.type) ?? 1;
  const type = PIECE_TYPES[typeNumber];
  if (!text) throw new Error('each piece must have a text, one has none');
  if (!type) throw new Error(`the type of piece "${text}" must be from 1 to 6, it is ${typeNumber}`);
  return { text, score: numberOf(fields, PIECE.score) ?? 0, type };
}

/** Returns the last field of a number, which counts, as Protocol Buffers have it. */
function last(fields: Field[], number: number): Field['value'] | undefined {
  return fields.findLast(field => field.number === number)?.value;
}

function numberOf(fields: Field[], number: number): number | undefined {
  const value = last(fields, number);
  if (value instanceof Uint8Array) throw new Error(`field ${number} must be a number, it is bytes`);
  return value;
}

function bytesOf(fields: Field[], number: number): Uint8Array | undefined {
  const value = last(fields, number);
  if (typeof value === 'number') throw new Error(`field ${number} must be bytes, it is a number`);
  return value;
}

function textOf(fields: Field[], number: number): string | undefined {
  const bytes = bytesOf(fields, number);
  return bytes && new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

function message(fields: Field[], number: number): Field[] {
  const bytes = bytesOf(fields, number);
  return bytes ? [...readFields(bytes)] : [];
}
