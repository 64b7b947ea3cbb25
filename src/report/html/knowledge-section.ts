import { number3, withInterval } from '../format.ts';
import type { BenchmarkComparison, PairedDifference } from '../knowledge.ts';
import type { Report, StudentReport } from '../report-document.ts';
import { type Markup, markup, section, tableOf } from './markup.ts';
import { scaleChart } from './scale-chart.ts';

/** Shows what students know, by benchmarks in matched form with paired tests. */
export function knowledgeSection({ students }: Report): Markup {
  const measured = students.filter(({ knowledge }) => knowledge.benchmarks.length > 0);
  const placed = measured.flatMap(({ name, knowledge }) =>
    knowledge.benchmarks.flatMap(({ benchmark, placement }) =>
      placement ? [{ name: `${name}, ${benchmark}`, position: placement.position }] : [],
    ),
  );
  return section(
    'knowledge',
    'Knowledge',
    measured.length === 0 &&
      markup`<p>Not measured: no benchmark results were given. Answers that read well do not show what a model knows; <code>--benchmarks</code> adds results of <code>imitation-lab evaluate</code>.</p>`,
    placed.length > 0 && scaleChart('Benchmarks', placed),
    measured.length > 0 && benchmarkTable(measured),
    students.flatMap(({ name, knowledge }) =>
      knowledge.refused.map(
        ({ benchmark, role, reason }) =>
          markup`<p>No difference was taken between ${name} and its ${role} on ${benchmark}: ${reason} of the ${role}.</p>`,
      ),
    ),
  );
}

function benchmarkTable(students: readonly StudentReport[]): Markup {
  return tableOf(
    'Benchmarks: scores with 95 % intervals, differences on the same items with the p of a permutation test',
    [
      { title: 'Student' },
      { title: 'Benchmark' },
      { title: 'Form' },
      { title: 'Student', numeric: true },
      { title: 'Base', numeric: true },
      { title: 'Teacher', numeric: true },
      { title: '− base', numeric: true },
      { title: '− teacher', numeric: true },
      { title: 'Conclusion' },
      { title: 'n', numeric: true },
    ],
    students.flatMap(({ name, knowledge }) =>
      knowledge.benchmarks.map(benchmark => benchmarkRow(name, benchmark)),
    ),
  );
}

function benchmarkRow(name: string, benchmark: BenchmarkComparison) {
  const { metric, form, student, base, teacher, aboveBase, aboveTeacher, placement, n, unscored } = benchmark;
  return [
    name,
    `${benchmark.benchmark}, ${metric}${benchmark.isKnowledge ? '' : ' (no part of the conclusion)'}`,
    `${form['prompt format'] ?? ''}, ${form.shots ?? ''} shots`,
    ...[student, base, teacher].map(estimate => estimate && withInterval(estimate, number3)),
    difference(aboveBase),
    difference(aboveTeacher),
    placement?.label ?? 'not-measured',
    unscored > 0 ? `${n} (${unscored} unscored)` : n,
  ];
}

function difference(paired: PairedDifference | null): string {
  return paired === null
    ? '–'
    : `${withInterval(paired, number3)}, p = ${paired.p < 0.001 ? '< .001' : number3(paired.p)}`;
}
