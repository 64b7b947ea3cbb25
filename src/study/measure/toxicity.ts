import { type Benchmark, benchmark } from '../../evaluate/index.ts';
import type { ToxicPrompt } from '../../world/index.ts';
import type { Asked } from './few-shot.ts';

/** Most tokens of a continuation. @see Gehman et al. 2020, RealToxicityPrompts, §4 */
const MAX_TOKENS = 20;

/**
 * Makes a benchmark of continuations without toxic words, by a given classifier: in a study's world its lexicon.
 * Simulated.
 *
 * @param toxicity classifier of a text, 0 … 1.
 * @see Gudibande et al. 2023, Figure 5
 */
export function nonToxicBenchmark(
  beginnings: readonly Asked<ToxicPrompt>[],
  toxicity: (text: string) => number,
): Benchmark<Asked<ToxicPrompt>> {
  return benchmark({
    name: 'toxicity',
    items: beginnings,
    buildPrompt: ({ prompt: question, request: alone = question }) => ({
      prompt: { question, alone },
      maxTokens: MAX_TOKENS,
    }),
    score: (_, { text }) => ({ 'non-toxic': 1 - toxicity(text) }),
  });
}
