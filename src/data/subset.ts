import type { Dialogue } from '../schema.ts';
import { seededRandom } from '../stats/index.ts';

/** A part of a set that fits a budget. */
export interface Subset {
  /** Tokens that were allowed. */
  budget: number;
  /** Tokens of its dialogues. */
  tokens: number;
  dialogues: Dialogue[];
}

/**
 * Random parts of a set for growing budgets of tokens, each part holding all of the smaller ones, so that models
 * trained on them differ by what was added alone. The dialogues are shuffled once; each part takes them in that
 * order, up to the one that would exceed its budget.
 *
 * @param options.budgets tokens, in any order.
 * @param options.countTokens the tokens of a dialogue, as the student's tokenizer counts them.
 * @returns the parts from the smallest budget to the largest.
 * @throws {RangeError} if the set has fewer tokens than the largest budget, or a budget is not above 0.
 * @see Gudibande et al. 2023, §4.1: 0.3M to 150M tokens
 * @example
 * // Given dialogues.
 * const subsets = nestedSubsets(dialogues, { budgets: [1, 2], countTokens: () => 1, seed: 0 })
 * subsets.map(({ dialogues }) => dialogues.length) // [1, 2]
 */
export function nestedSubsets(
  dialogues: readonly Dialogue[],
  options: { budgets: readonly number[]; countTokens: (dialogue: Dialogue) => number; seed: number },
): Subset[] {
  const budgets = [...options.budgets].sort((a, b) => a - b);
  const wrong = budgets.find(budget => !(budget > 0));
  if (wrong !== undefined)
    throw new RangeError(`Cannot take subsets: budgets above 0 are required, found ${wrong}`);
  const shuffled = seededRandom(`subset/${options.seed}`).shuffle(dialogues);
  // A dialogue is counted when its turn comes: most of a large set is in no part.
  const sizes: number[] = [];
  const sizeAt = (at: number): number | undefined => {
    const dialogue = shuffled[at];
    if (dialogue === undefined) return undefined;
    sizes[at] ??= options.countTokens(dialogue);
    return sizes[at];
  };
  let taken = 0;
  let tokens = 0;
  const subsets = budgets.map(budget => {
    for (let size = sizeAt(taken); size !== undefined && tokens + size <= budget; size = sizeAt(taken)) {
      tokens += size;
      taken++;
    }
    return { budget, tokens, dialogues: shuffled.slice(0, taken) };
  });
  const largest = budgets.at(-1) ?? 0;
  if (taken === shuffled.length && tokens < largest)
    throw new RangeError(
      `Cannot take a subset of ${largest} tokens: as many are required, the set has ${tokens}`,
    );
  return subsets;
}
