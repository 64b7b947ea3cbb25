import { addSpecial } from './add-special.ts';
import { byteOf, decodePieces } from './sentencepiece/decode.ts';
import { readModel, type SentencePieceModel } from './sentencepiece/model.ts';
import { normalizer } from './sentencepiece/normalize.ts';
import { segmentBpe } from './sentencepiece/segment-bpe.ts';
import { segmentUnigram } from './sentencepiece/segment-unigram.ts';
import { vocabularyOf } from './sentencepiece/vocabulary.ts';
import { type Tokenizer, unknownId } from './tokenizer.ts';

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
  return {
    vocabSize: pieces.length,
    special: {},
    encode: text => {
      const ids: number[] = [];
      for (const piece of segment(normalize(text), vocabulary)) {
        const id = vocabulary.find(piece)?.id;
        if (id !== undefined) ids.push(id);
        else if (model.byteFallback)
          ids.push(...Array.from(Buffer.from(piece), byte => byteIds.get(byte) ?? unknown));
        // A run of unknown pieces is one.
        else if (ids.at(-1) !== unknown) ids.push(unknown);
      }
      return ids;
    },
    decode: ids => decodePieces(ids.map(pieceAt), model),
    tokenText: id => pieceAt(id).text,
  };
}
