import { mergePairs } from '../merge-pairs.ts';
import type { Vocabulary } from './vocabulary.ts';

/**
 * Cuts a normalised text by merging neighbours, the best score first. User-defined pieces are never merged;
 * an unused piece may be a step on the way, and falls back into what it was made of.
 */
export function segmentBpe(text: string, { userDefined, find }: Vocabulary): string[] {
  const starts: number[] = [];
  const frozen = new Set<number>();
  for (let at = 0; at < text.length; ) {
    const length = userDefined(text, at);
    if (length > 0) frozen.add(at);
    starts.push(at);
    at += length || String.fromCodePoint(text.codePointAt(at) ?? 0).length;
  }
  /** Places at which the two parts of an unused piece met. */
  const middles = new Map<string, number>();
  const merged = mergePairs(starts, text.length, (start, middle, end) => {
    if (frozen.has(start) || frozen.has(middle)) return undefined;
    const joined = text.slice(start, end);
    const piece = find(joined);
    if (piece?.type === 'unused') middles.set(joined, middle - start);
    return piece && -piece.score;
  });
  const whole = (piece: string): string[] => {
    const middle = find(piece)?.type === 'unused' ? middles.get(piece) : undefined;
    if (middle === undefined) return [piece];
    return [...whole(piece.slice(0, middle)), ...whole(piece.slice(middle))];
  };
  return merged.flatMap((start, i) => whole(text.slice(start, merged[i + 1])));
}
