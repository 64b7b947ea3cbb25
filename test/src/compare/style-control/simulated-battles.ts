import type { Battle, BattleSide } from '../../../../src/compare/index.ts';
import { logistic, type Random, seededRandom } from '../../../../src/stats/index.ts';

/** A model whose answers a simulated judge knows. */
export interface SimulatedModel {
  /** Log-odds over the reference at equal style. */
  strength: number;
  /** Number of words of its answer, by that of the reference. */
  words: (reference: number, random: Random) => number;
}

/** A text of so many words. */
export const text = (words: number) => Array<string>(words).fill('word').join(' ');

/**
 * Judges each model's answers beside the reference's in both orders: the log-odds of the first are the difference of
 * strengths, plus `position`, plus `effect` times the relative difference of words.
 */
export function simulatedBattles(
  models: Record<string, SimulatedModel>,
  { prompts, effect, position, seed }: { prompts: number; effect: number; position: number; seed: number },
): Battle[] {
  const random = seededRandom(seed);
  return Array.from({ length: prompts }, (_, prompt) => {
    const words = 50 + random.integer(200);
    const reference = { model: 'reference', text: text(words), strength: 0, words };
    return Object.entries(models).flatMap(([model, { strength, words: wordsOf }]) => {
      const own = wordsOf(words, random);
      const other = { model, text: text(own), strength, words: own };
      return [
        [reference, other],
        [other, reference],
      ].map(([first = reference, second = reference]): Battle => {
        const difference = (first.words - second.words) / (first.words + second.words);
        const odds = first.strength - second.strength + position + effect * difference;
        const outcome = random.next() < logistic(odds) ? 1 : 0;
        return { promptId: String(prompt), first: side(first), second: side(second), outcome };
      });
    });
  }).flat();
}

function side({ model, text }: BattleSide): BattleSide {
  return { model, text };
}
