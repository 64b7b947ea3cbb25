import type { Vocabulary } from './vocabulary.ts';

/** Difference of log-likelihood between the least likely piece and an unknown character, in nats. */
const UNKNOWN_PENALTY = 10;

/** The best cut found of the text up to a place. */
interface Best {
  score: number;
  start: number;
}

/**
 * Cuts a normalised text into the most likely pieces (Viterbi). Scores are added in float32, as SentencePiece
 * adds them, so that near-ties fall the same way; of equals the one with the longer last piece counts.
 *
 * @see Kudo 2018, Subword Regularization
 */
export function segmentUnigram(text: string, vocabulary: Vocabulary): string[] {
  const { find, longest, lowestScore } = vocabulary;
  const unknown = Math.fround(lowestScore - UNKNOWN_PENALTY);
  const best: (Best | undefined)[] = new Array(text.length + 1);
  best[0] = { score: 0, start: 0 };
  const offer = (start: number, end: number, score: number) => {
    const held = best[end];
    if (!held || score > held.score) best[end] = { score, start };
  };
  for (let start = 0; start < text.length; ) {
    const base = best[start]?.score ?? 0;
    const single = start + String.fromCodePoint(text.codePointAt(start) ?? 0).length;
    let singleFound = false;
    for (let end = single; end <= Math.min(start + longest, text.length); end++) {
      const piece = find(text.slice(start, end));
      if (!piece || piece.type === 'unused') continue;
      const score = piece.type === 'user-defined' ? userDefinedScore(piece.text) : piece.score;
      offer(start, end, Math.fround(score + base));
      singleFound ||= end === single;
    }
    if (!singleFound) offer(start, single, Math.fround(unknown + base));
    start = single;
  }
  const pieces: string[] = [];
  for (let end = text.length; end > 0; ) {
    const start = best[end]?.start ?? 0;
    pieces.push(text.slice(start, end));
    end = start;
  }
  return pieces.reverse();
}

/**
 * Returns a score so high that the piece is always taken; which value it is shows in how later near-ties are rounded.
 */
function userDefinedScore(text: string): number {
  return Math.fround(0.1 * (Buffer.byteLength(text) - 1));
}
