/*
 * HumanEval: the beginnings of Python functions, which a model continues; what it wrote runs against tests.
 *
 *   def strlen(string: str) -> int:
 *       """ Return length of given string
 *       >>> strlen('')
 *       0
 *       >>> strlen('abc')
 *       3
 *       """
 *
 *   Answer: return len(string)
 */
import type { FetchOptions } from '../../data/index.ts';
import { type Benchmark, benchmark, Unscored } from '../benchmark.ts';
import { answerCode } from '../code/answer-code.ts';
import { isChat } from '../prompt-format.ts';
import { defineBenchmark } from './define-benchmark.ts';
import { loadItems } from './load-items.ts';
import type { HumanEvalLimits, HumanEvalProblem } from './score-humaneval.ts';

/** Options of {@link humanEval}: limits of each program, and items. */
export interface HumanEvalBenchmarkOptions extends FetchOptions, Pick<HumanEvalLimits, 'timeout' | 'memory'> {
  /** Default the 164 public problems. */
  items?: readonly HumanEvalProblem[];
}

/** Most tokens of a completion. */
const MAX_TOKENS = 512;

/** An answer ends before the first of these, so that it holds the started function and no more. */
export const HUMANEVAL_STOPS = ['\nclass', '\ndef', '\n#', '\nif', '\nprint'] as const;

/** Version of how programs are found in answers and tested: change it whenever a score may change. */
const SCORER = 'humaneval 2';

/** HumanEval in the registry. */
export const HUMANEVAL = defineBenchmark({
  name: 'humaneval',
  title: 'HumanEval',
  request: 'generate-until',
  options: {},
  metrics: {
    'pass@1': {
      label: 'Coding, tests passed',
      unit: 'share',
      measure: 'programs.pass',
      panel: { figure: 4, title: 'Coding (as HumanEval)' },
    },
  },
  records: ['humaneval/problems'],
  size: { items: 164, prompt: { mean: 170, longest: 628 }, answer: MAX_TOKENS },
  requirements: () => [{ what: 'a sandbox for Python', check: prepareSandbox }],
  open: humanEval,
});

async function prepareSandbox(): Promise<void> {
  const { preparePython } = await import('../sandbox/snapshot.ts');
  await preparePython();
}

/**
 * Opens HumanEval without examples: the share of problems whose first completion passes. The code runs in the
 * sandbox.
 *
 * In the prompt format `raw` the model continues the program. In a chat it answers, and {@link humanEvalCode} takes
 * from the answer what follows the prompt.
 *
 * @throws {Error} if untrusted Python cannot run here, or the problems cannot be fetched.
 * @see Gudibande et al. 2023, Appendix E; Chen et al. 2021, Evaluating Large Language Models Trained on Code
 * @example
 * // Given student.
 * // Needs public records.
 * (await evaluate(student, await humanEval(), { limit: 1 })).metrics[0]?.value // 0
 */
export async function humanEval(
  options: HumanEvalBenchmarkOptions = {},
): Promise<Benchmark<HumanEvalProblem>> {
  const { timeout, memory, signal } = options;
  const { judgeHumanEval, scoreOf } = await import('./score-humaneval.ts');
  await prepareSandbox();
  return benchmark({
    name: HUMANEVAL.name,
    scorer: `${SCORER} within ${timeout ?? 'default'} s and ${memory ?? 'default'} MiB`,
    items: options.items ?? (await loadHumanEval('humaneval/problems', options)),
    buildPrompt: ({ text }) => ({
      prompt: { question: text, stop: HUMANEVAL_STOPS },
      maxTokens: MAX_TOKENS,
    }),
    score: async (problem, { text }, promptFormat = 'raw') => {
      const completion = isChat(promptFormat) ? humanEvalCode(problem, text) : text;
      const verdict = await judgeHumanEval(problem, completion, { timeout, memory, signal });
      const { value, reason } = scoreOf(verdict);
      if (value === null) throw new Unscored(reason);
      return { 'pass@1': value };
    },
  });
}

/**
 * Loads problems in HumanEval's form: JSON Lines of `task_id`, `prompt`, `entry_point`, `test` and
 * `canonical_solution`.
 *
 * @param source a path or the name of a public record; default the 164 problems.
 * @throws {Error} if the record cannot be fetched.
 * @throws {ReadError} naming file and line, if a problem lacks one of them.
 * @see Chen et al. 2021, Evaluating Large Language Models Trained on Code
 */
export function loadHumanEval(
  source = 'humaneval/problems',
  options: FetchOptions = {},
): Promise<HumanEvalProblem[]> {
  return loadItems(
    source,
    {
      required: 'strings under "task_id", "prompt", "entry_point", "test" and "canonical_solution"',
      read: (row, _, name) => {
        const {
          task_id: id,
          prompt: text,
          entry_point: entryPoint,
          test,
          canonical_solution: solution,
        } = row;
        if (typeof id !== 'string' || typeof text !== 'string' || typeof entryPoint !== 'string')
          return undefined;
        if (typeof test !== 'string' || typeof solution !== 'string') return undefined;
        return { id, text, entryPoint, test, solution, source: name };
      },
    },
    options,
  );
}

/**
 * Takes the code from a chat's answer, to be run after the problem's text: the function's body or the whole function
 * again, with what it needs, wherever the answer has it. See `answerCode` in `../code`.
 */
export function humanEvalCode({ entryPoint }: Pick<HumanEvalProblem, 'entryPoint'>, answer: string): string {
  return answerCode(entryPoint, answer);
}
