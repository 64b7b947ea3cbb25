import type { Generation, Preference } from '../../schema.ts';
import type { LengthPair } from './length-adjusted.ts';

/**
 * Pairs the outcomes of a model's comparisons with the lengths of both answers in UTF-16 code units. Pairs without an
 * outcome are left out.
 *
 * @param model the id of its answers.
 * @param answers of both sides; of several by one model to a prompt the first counts.
 * @throws {Error} if a pair is none of the model's, or the text of an answer is missing.
 * @example
 * // Given preferences, generations.
 * lengthAdjusted(lengthPairs(preferences, 'imitation', generations)).raw // 0.75
 */
export function lengthPairs(
  preferences: readonly Preference[],
  model: string,
  answers: readonly Generation[],
): LengthPair[] {
  const lengths = new Map<string, number>();
  for (const { promptId, model: name, text } of answers) {
    const key = JSON.stringify([promptId, name]);
    if (text !== null && !lengths.has(key)) lengths.set(key, text.length);
  }
  const lengthOf = (promptId: string, name: string): number => {
    const length = lengths.get(JSON.stringify([promptId, name]));
    if (length !== undefined) return length;
    throw new Error(
      `Cannot adjust for length: the answer of ${name} to prompt ${promptId} is required, found none`,
    );
  };
  return preferences.flatMap(({ promptId, a, b, winner }) => {
    if (winner === null) return [];
    if (a !== model && b !== model)
      throw new Error(
        `Cannot adjust for length: each pair must hold an answer of ${model}, found ${a} and ${b} of prompt ${promptId}`,
      );
    const outcome = winner === 'tie' ? 0.5 : (winner === 'a' ? a : b) === model ? 1 : 0;
    const other = a === model ? b : a;
    return { outcome, length: lengthOf(promptId, model), otherLength: lengthOf(promptId, other) };
  });
}
