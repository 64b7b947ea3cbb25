import type { BareComparison } from './bare-comparison.ts';
import type { RunsByRole } from './load-benchmarks.ts';
import type { LoadedSide } from './load-sides.ts';
import type { ComparedSide } from './report-document.ts';
import { runCost } from './run-cost.ts';

/** Describes the sides of a report: where they were read from, the words that were cut, and what their runs recorded. */
export function comparedSides(
  sides: readonly LoadedSide[],
  bare: BareComparison,
  runs: RunsByRole,
): ComparedSide[] {
  return sides.map(side => withSpeed(withWords(side, bare), runs));
}

function withWords({ reasoning, ...side }: LoadedSide, { cut }: BareComparison): ComparedSide {
  const words = cut[side.name] ?? { answers: 0, kept: 0, reasoning: 0, echo: 0 };
  return { ...side, words: { ...words, reasoning: words.reasoning + reasoning } };
}

/** Takes the speed of a side from its benchmark results, where its answers do not record it. */
function withSpeed(side: ComparedSide, { teacher, base, students }: RunsByRole): ComparedSide {
  if (side.cost.tokensPerSecond !== null) return side;
  const runs = { teacher, base, 'second-teacher': [], student: students.get(side.name) ?? [] }[side.role];
  const { tokensPerSecond } = runCost(runs.flatMap(({ outputs }) => outputs));
  return { ...side, cost: { ...side.cost, tokensPerSecond } };
}
