import type { Estimate } from '../../schema.ts';
import type { StyleSummary } from '../../text/index.ts';
import { decimals2, number3 } from '../format.ts';
import type { Report, StudentReport } from '../report-document.ts';
import type { StyleParts } from '../style-parts.ts';
import { type Content, type Markup, markup, section, tableOf } from './markup.ts';
import { scaleChart } from './scale-chart.ts';
import { shownInterval } from './shown-interval.ts';

/** Measures of Table 2 in the order in which they are shown; each by itself. */
const MEASURES: readonly { title: string; of(style: StyleSummary): Estimate }[] = [
  { title: 'List where the teacher has one', of: ({ list }) => list },
  { title: 'List where it has none', of: ({ listWithout }) => listWithout },
  { title: 'Their difference J, lists', of: ({ listDifference }) => listDifference },
  { title: 'Summary where the teacher has one', of: ({ summary }) => summary },
  { title: 'Summary where it has none', of: ({ summaryWithout }) => summaryWithout },
  { title: 'Their difference J, summaries', of: ({ summaryDifference }) => summaryDifference },
  { title: 'Words in common, %', of: ({ unigram }) => unigram },
  { title: 'Correlation of lengths', of: ({ length }) => length },
];

/** Measures that are placed between base and teacher. */
const PARTS: readonly { title: string; of: keyof StyleParts }[] = [
  { title: 'Lists', of: 'list' },
  { title: 'Lists, J', of: 'listDifference' },
  { title: 'Summaries', of: 'summary' },
  { title: 'Summaries, J', of: 'summaryDifference' },
  { title: 'Words in common', of: 'unigram' },
  { title: 'Correlation of lengths', of: 'length' },
];

/** Shows how alike answers are in form: the place of each student, and Table 2's measures apart. */
export function styleSection({ students }: Report): Markup {
  const [first] = students;
  const placed = students.flatMap(({ name, style }) =>
    style.placement ? [{ name, position: style.placement.position }] : [],
  );
  const columns = [
    ...students.map(({ name, style }) => ({ name, summary: style.student })),
    ...(first?.style.base ? [{ name: 'base', summary: first.style.base }] : []),
    ...(first?.style.secondTeacher
      ? [{ name: 'teacher’s second sample', summary: first.style.secondTeacher }]
      : []),
  ];
  return section(
    'style',
    'Style',
    placed.length > 0
      ? scaleChart('Style by form alone', placed)
      : markup`<p class="quiet">Without the base’s answers style has no scale.</p>`,
    placed.length > 0 &&
      markup`<p class="quiet">Form is length, lines, lists, a closing summary and the rates of fifty English function words.</p>`,
    tableOf(
      'Measures of style beside the teacher, with 95 % intervals; they do not enter the conclusion; summaries by English openings',
      [{ title: 'Measure' }, ...columns.map(({ name }) => ({ title: name, numeric: true }))],
      MEASURES.map(({ title, of }) => [title, ...columns.map(({ summary }): Content => cell(of(summary)))]),
    ),
    partsTable(students),
  );
}

/** Shows how much of the way from base to teacher each measure goes. */
function partsTable(students: readonly StudentReport[]): Markup | false {
  const placed = students.flatMap(({ name, style }) => (style.parts ? [{ name, parts: style.parts }] : []));
  if (placed.length === 0) return false;
  return tableOf(
    'Part of the way from base (0) to teacher (1) that each measure goes, with 95 % intervals',
    [{ title: 'Measure' }, ...placed.map(({ name }) => ({ title: name, numeric: true }))],
    PARTS.map(({ title, of }) => [title, ...placed.map(({ parts }) => shownInterval(parts[of], decimals2))]),
  );
}

function cell(estimate: Estimate): string {
  const value = shownInterval(estimate, (estimate.value ?? 0) > 1 ? number3 : decimals2);
  return `${value}, n\u00a0=\u00a0${estimate.n}`;
}
