import type { Piece } from './model.ts';

/** The pieces that a text can be cut into. */
export interface Vocabulary {
  /** Returns the normal, user-defined or unused piece of this text. */
  find(text: string): (Piece & { id: number }) | undefined;
  /** Returns the length of the longest user-defined piece at a place of the text; 0 for none. */
  userDefined(text: string, at: number): number;
  /** UTF-16 units of the longest piece. */
  longest: number;
  /** Score of the least likely normal piece. */
  lowestScore: number;
}

/** Indexes the pieces by their texts; control, unknown and byte pieces have no text and are not among them. */
export function vocabularyOf(pieces: readonly Piece[]): Vocabulary {
  const byText = new Map(
    pieces
      .map((piece, id) => ({ ...piece, id }))
      .filter(({ type }) => type === 'normal' || type === 'user-defined' || type === 'unused')
      .map(piece => [piece.text, piece]),
  );
  const defined = [...byText.values()].filter(({ type }) => type === 'user-defined');
  const lengths = [...new Set(defined.map(({ text }) => text.length))].sort((a, b) => b - a);
  let longest = 0;
  let lowestScore = Number.POSITIVE_INFINITY;
  for (const { text, type, score } of byText.values()) {
    longest = Math.max(longest, text.length);
    if (type === 'normal') lowestScore = Math.min(lowestScore, score);
  }
  return {
    find: text => byText.get(text),
    userDefined: (text, at) =>
      lengths.find(length => byText.get(text.slice(at, at + length))?.type === 'user-defined') ?? 0,
    longest,
    lowestScore,
  };
}
