import type { PairComparison } from '../../stats/index.ts';
import { number3 } from '../format.ts';
import type { BenchmarkComparison } from '../knowledge.ts';
import type { Report, StudentReport } from '../report-document.ts';
import { type Markup, markup, section, tableOf } from './markup.ts';
import { scaleChart } from './scale-chart.ts';
import { shownInterval } from './shown-interval.ts';

/** Shows what students know, by benchmarks in matched form with paired tests. */
export function knowledgeSection({ students }: Report): Markup {
  const measured = students.filter(({ knowledge }) => knowledge.benchmarks.length > 0);
  const placed = measured.flatMap(({ name, knowledge }) =>
    knowledge.benchmarks.flatMap(({ benchmark, placement }) =>
      placement ? [{ name: `${benchmark}, ${name}`, position: placement.position }] : [],
    ),
  );
  return section(
    'knowledge',
    'Knowledge',
    measured.length === 0 &&
      markup`<p>Not measured: no benchmark results were given. Answers that read well do not show what a model knows; <code>--benchmarks</code> adds results of <code>imitation-lab evaluate</code>.</p>`,
    placed.length > 0 && scaleChart('Benchmarks', placed),
    measured.length > 0 && [scoreTable(measured), differenceTable(measured)],
    students.flatMap(({ name, knowledge }) =>
      knowledge.refused.map(
        ({ benchmark, role, reason }) =>
          markup`<p>No difference was taken between ${name} and its ${role} on ${benchmark}: ${reason} of the ${role}.</p>`,
      ),
    ),
  );
}

function scoreTable(students: readonly StudentReport[]): Markup {
  return tableOf(
    'Scores on benchmarks, with 95 % intervals',
    [
      { title: 'Benchmark' },
      { title: 'Model' },
      { title: 'Form' },
      { title: 'Student', numeric: true },
      { title: 'Base', numeric: true },
      { title: 'Teacher', numeric: true },
      { title: 'n', numeric: true },
    ],
    eachBenchmark(students).map(
      ([name, { benchmark, metric, form, student, base, teacher, n, unscored }]) => [
        `${benchmark}, ${metric}`,
        name,
        `${form.promptFormat}, ${form.shots} shots`,
        ...[student, base, teacher].map(estimate => (estimate ? shownInterval(estimate, number3) : '–')),
        unscored > 0 ? `${n} (${unscored} unscored)` : n,
      ],
    ),
  );
}

function differenceTable(students: readonly StudentReport[]): Markup {
  return tableOf(
    'Differences on the same items, with 95 % intervals and the p of a paired test',
    [
      { title: 'Benchmark' },
      { title: 'Model' },
      { title: 'Student − base', numeric: true },
      { title: 'Student − teacher', numeric: true },
      { title: 'Conclusion' },
    ],
    eachBenchmark(students).map(([name, { benchmark, aboveBase, aboveTeacher, placement, isKnowledge }]) => [
      benchmark,
      name,
      difference(aboveBase),
      difference(aboveTeacher),
      `${placement?.label ?? 'not-measured'}${isKnowledge ? '' : ' (no part of knowledge)'}`,
    ]),
  );
}

function eachBenchmark(students: readonly StudentReport[]): [string, BenchmarkComparison][] {
  return students.flatMap(({ name, knowledge }) =>
    knowledge.benchmarks.map((benchmark): [string, BenchmarkComparison] => [name, benchmark]),
  );
}

function difference(paired: PairComparison | null): string {
  if (paired === null || paired.p === null) return '–';
  return `${shownInterval(paired, number3)}, ${paired.p < 0.001 ? 'p < .001' : `p = ${number3(paired.p)}`}`;
}
