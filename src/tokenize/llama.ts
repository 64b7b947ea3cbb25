import { addSpecial } from './add-special.ts';
import { byteOf, decodePieces } from './sentencepiece/decode.ts';
import { readModel, type SentencePieceModel } from './sentencepiece/model.ts';
import { normalizer } from './sentencepiece/normalize.ts';
import { segmentBpe } from './sentencepiece/segment-bpe.ts';
import { segmentUnigram } from './sentencepiece/segment-unigram.ts';
import { vocabularyOf } from './sentencepiece/vocabulary.ts';
import { type Tokenizer, type TokensWithOffsets, unknownId } from './tokenizer.ts';

/**
 * Reads the tokenizer of a SentencePiece file, such as LLaMA's `tokenizer.model`: BPE or unigram, with byte fallback
 * and the file's rules of normalisation. Equal to SentencePiece's own. Its control pieces (`<s>`, `</s>`) are the
 * special tokens; between them, each stretch of text is encoded and decoded as a text of its own.
 *
 * @param file the bytes of the file.
 * @throws {Error} if it is no SentencePiece model, or one that splits by words or characters.
 * @see Kudo and Richardson 2018, SentencePiece
 */
export function llamaTokenizer(file: Uint8Array): Tokenizer {
  return sentencePieceTokenizer(readModel(file));
}

/** Makes the tokenizer of a SentencePiece model, wherever it was read from. */
export function sentencePieceTokenizer(model: SentencePieceModel): Tokenizer {
  const control = model.pieces.flatMap(({ type, text }, id) => (type === 'control' ? [[text, id]] : []));
  return addSpecial(textTokenizer(model), Object.fromEntries(control));
}

function textTokenizer(model: SentencePieceModel): Tokenizer {
  const { pieces } = model;
  const vocabulary = vocabularyOf(pieces);
  const normalize = normalizer(model, vocabulary.userDefined);
  const segment = model.algorithm === 'bpe' ? segmentBpe : segmentUnigram;
  const unknown = pieces.findIndex(({ type }) => type === 'unknown');
  const byteIds = new Map(
    pieces.flatMap((piece, id) => (piece.type === 'byte' ? [[byteOf(piece), id] as const] : [])),
  );
  if (model.byteFallback && byteIds.size !== 256) {
    throw new Error(
      `Cannot read the SentencePiece model: byte fallback requires 256 byte pieces, it has ${byteIds.size}`,
    );
  }
  const pieceAt = (id: number) => {
    const piece = pieces[id];
    if (!piece) throw unknownId(id);
    return piece;
  };
  const encodeWithOffsets = (text: string): TokensWithOffsets => {
    const { text: normalized, starts, ends } = normalize(text);
    const ids: number[] = [];
    const offsets: TokensWithOffsets['offsets'] = [];
    let at = 0;
    for (const piece of segment(normalized, vocabulary)) {
      const range = [starts[at] ?? 0, ends[at + piece.length - 1] ?? 0] as const;
      at += piece.length;
      const id = vocabulary.find(piece)?.id;
      const last = offsets.at(-1);
      if (id !== undefined) {
        ids.push(id);
        offsets.push(range);
      } else if (model.byteFallback) {
        for (const byte of Buffer.from(piece)) {
          ids.push(byteIds.get(byte) ?? unknown);
          offsets.push(range);
        }
      } else if (last && ids.at(-1) === unknown) {
        // A run of unknown pieces is one.
        offsets[offsets.length - 1] = [last[0], range[1]];
      } else {
        ids.push(unknown);
        offsets.push(range);
      }
    }
    return { ids, offsets };
  };
  return {
    vocabSize: pieces.length,
    special: {},
    encode: text => encodeWithOffsets(text).ids,
    encodeWithOffsets,
    decode: ids => decodePieces(ids.map(pieceAt), model),
    tokenText: id => pieceAt(id).text,
  };
}
