import type { EvaluationResult } from '../evaluate/index.ts';
import type { BareComparison } from './bare-comparison.ts';
import type { RunsByRole } from './load-benchmarks.ts';
import type { LoadedSide } from './load-sides.ts';
import type { ComparedSide } from './report-document.ts';
import { type RunCost, runCost } from './run-cost.ts';

/** Describes the sides of a report: where they were read from, the words that were cut, and what their runs recorded. */
export function comparedSides(
  sides: readonly LoadedSide[],
  bare: BareComparison,
  runs: RunsByRole,
): ComparedSide[] {
  return sides.map(side => withBenchmarkCost(withWords(side, bare), runs));
}

function withWords({ reasoning, ...side }: LoadedSide, { cut }: BareComparison): ComparedSide {
  const words = cut[side.name] ?? { answers: 0, kept: 0, reasoning: 0, echo: 0 };
  return { ...side, words: { ...words, reasoning: words.reasoning + reasoning } };
}

/** Takes from a side's benchmark results what its answers do not record of size, speed and cost. */
function withBenchmarkCost(side: ComparedSide, { teacher, base, students }: RunsByRole): ComparedSide {
  const own = { teacher, base, 'second-teacher': [], student: students.get(side.name) ?? [] }[side.role];
  const measured = benchmarkCost(own);
  const { parameters, tokensPerAnswer, tokensPerSecond, costPerThousand } = side.cost;
  const cost: RunCost = {
    parameters: parameters ?? measured.parameters,
    tokensPerAnswer,
    tokensPerSecond: tokensPerSecond ?? measured.tokensPerSecond,
    costPerThousand: costPerThousand ?? measured.costPerThousand,
  };
  return { ...side, cost };
}

/** Summarizes the answers to benchmarks; continuations that were scored have no speed. */
function benchmarkCost(results: readonly EvaluationResult[]): RunCost {
  const answers = results.flatMap(({ items }) => items.filter(({ text }) => typeof text === 'string'));
  const parameters = results.find(result => result.parameters !== undefined)?.parameters;
  const price = results.find(result => result.price !== undefined)?.price;
  return runCost(answers, { parameters, price });
}
