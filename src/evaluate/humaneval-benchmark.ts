import type { FetchOptions } from '../data/index.ts';
import { type Benchmark, benchmark, Unscored } from './benchmark.ts';
import { firstFence } from './first-fence.ts';
import { HUMANEVAL_STOPS, type HumanEvalProblem, humanEvalProblems } from './humaneval.ts';
import { type HumanEvalLimits, judgeHumanEval, scoreOf } from './judge-humaneval.ts';
import { preparePython } from './sandbox/snapshot.ts';

/** How to ask HumanEval, and what each program may take. */
export interface HumanEvalBenchmarkOptions extends FetchOptions, Pick<HumanEvalLimits, 'timeout' | 'memory'> {
  /** Items of one's own; default the 164 public problems. */
  items?: readonly HumanEvalProblem[];
}

/** Most tokens of a completion. */
const MAX_TOKENS = 512;

/**
 * HumanEval without examples: the share of problems whose first completion passes. What a model wrote runs in
 * the sandbox; where that cannot be, nothing is asked.
 *
 * In plain form the model goes on with the program. In a chat it answers: the code of the first fenced block is what
 * follows the prompt, whether it is the function's body or the whole function again; an answer without a fence counts
 * as it stands.
 *
 * @throws {Error} if untrusted Python cannot run here, or the problems cannot be fetched.
 * @see Gudibande et al. 2023, Appendix E; Chen et al. 2021, Evaluating Large Language Models Trained on Code
 */
export async function humanEval(
  options: HumanEvalBenchmarkOptions = {},
): Promise<Benchmark<HumanEvalProblem>> {
  const { timeout, memory, signal } = options;
  await preparePython();
  return benchmark({
    name: 'humaneval',
    items: options.items ?? (await humanEvalProblems(options)),
    ask: ({ text }, form) => ({
      prompt: text,
      maxTokens: MAX_TOKENS,
      ...(form === 'plain' && { stop: HUMANEVAL_STOPS }),
    }),
    score: async (problem, { text }, form) => {
      const completion = form === 'chat' ? (firstFence(text) ?? text) : text;
      const verdict = await judgeHumanEval(problem, completion, { timeout, memory, signal });
      const { value, reason } = scoreOf(verdict);
      if (value === null) throw new Unscored(reason);
      return { 'pass@1': value };
    },
  });
}
