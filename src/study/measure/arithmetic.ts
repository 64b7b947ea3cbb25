import { type Benchmark, benchmark } from '../../evaluate/index.ts';
import type { ArithmeticProblem } from '../../world/index.ts';
import { type Asked, markedPrompt } from './few-shot.ts';

/** Most tokens of a chain of thought. */
const MAX_TOKENS = 96;

/** Matches a whole number; a hyphen within a word or between numbers is no sign. */
const NUMBER = /(?<![\w-])-?\d[\d,]*/g;

/**
 * Makes a benchmark of two-step arithmetic problems by chain of thought: the last number of the answer counts.
 *
 * @param examples whose working is shown.
 * @see Gudibande et al. 2023, Appendix E, GSM8K
 */
export function arithmeticBenchmark<Sum extends Asked<Pick<ArithmeticProblem, 'id' | 'question' | 'answer'>>>(
  sums: readonly Sum[],
  examples: readonly Pick<ArithmeticProblem, 'question' | 'working'>[],
): Benchmark<Sum> {
  const shown = examples.map(({ question, working }) => ({ question, answer: working }));
  return benchmark({
    name: 'sums',
    shots: examples.length,
    items: sums,
    buildPrompt: item => ({
      prompt: markedPrompt(item, shown, { stop: ['\n\n', '\nQ:'] }),
      maxTokens: MAX_TOKENS,
    }),
    score: ({ answer }, { text }) => ({
      'exact-match': Number(text.match(NUMBER)?.at(-1)?.replaceAll(',', '')) === Number(answer) ? 1 : 0,
    }),
  });
}
