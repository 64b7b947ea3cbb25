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
 * In the prompt format `raw` the model continues the program. In a chat it answers, and {@link humanEvalCode} says what of that follows
 * the prompt.
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
    buildPrompt: ({ text }, promptFormat) => ({
      prompt: text,
      maxTokens: MAX_TOKENS,
      ...(promptFormat === 'raw' && { stop: HUMANEVAL_STOPS }),
    }),
    score: async (problem, { text }, promptFormat) => {
      const completion = promptFormat === 'chat' ? humanEvalCode(problem, text) : text;
      const verdict = await judgeHumanEval(problem, completion, { timeout, memory, signal });
      const { value, reason } = scoreOf(verdict);
      if (value === null) throw new Unscored(reason);
      return { 'pass@1': value };
    },
  });
}

/**
 * The code in a chat's answer, the function's body or the whole function again: that of the first fenced block. Where
 * the function stands before any fence, the fence only closes it, and where there is none, the answer is code.
 */
export function humanEvalCode({ entryPoint }: Pick<HumanEvalProblem, 'entryPoint'>, answer: string): string {
  const fence = firstFence(answer);
  if (!fence) return answer;
  return new RegExp(`^def ${entryPoint}\\b`, 'm').test(fence.before) ? fence.before : fence.code;
}
