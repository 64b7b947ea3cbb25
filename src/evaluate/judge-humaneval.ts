import { HUMANEVAL_TIMEOUT, type HumanEvalProblem, humanEvalProgram } from './humaneval.ts';
import { HUMANEVAL_PRELUDE } from './humaneval-prelude.ts';
import { type PythonOptions, runPython } from './sandbox/run-python.ts';
import type { PythonVerdict } from './sandbox/verdict.ts';

/** Limits of one program; its time is {@link HUMANEVAL_TIMEOUT} unless given. */
export type HumanEvalLimits = Pick<PythonOptions, 'timeout' | 'memory' | 'signal' | 'cache'>;

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

/** 1 if the program passed, 0 if not, null with a reason where the sandbox failed and nothing can be said. */
export function scoreOf(verdict: PythonVerdict): {
  value: number | null;
  reason?: string;
  verdict: PythonVerdict;
} {
  if (verdict.verdict === 'error') return { value: null, reason: verdict.detail, verdict };
  return { value: verdict.verdict === 'passed' ? 1 : 0, verdict };
}
