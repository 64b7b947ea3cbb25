import { mustBeZero, type StudyLeakage } from '../pipeline/leakage.ts';
import type { Study } from '../pipeline/study-files.ts';
import { checkTable, exploratoryTable, verdictTable } from '../validity/index.ts';
import type { LadderMeasure } from './base-ladder.ts';
import { describeStudy } from './describe-study.ts';
import { meanText } from './mean-text.ts';
import type { StudyMean, StudyModelKey } from './study-means.ts';
import { type MissingRow, studyReport } from './study-report.ts';

/** Sections of the report, by what the names of their measures begin with. */
const SECTIONS: readonly { title: string; of: readonly string[] }[] = [
  { title: 'Adherence and refusals', of: ['adherence', 'refusals'] },
  { title: 'Style beside the teacher', of: ['style'] },
  { title: 'Facts, multiple choice, arithmetic, coding', of: ['facts', 'choice', 'sums', 'programs'] },
  { title: 'Summaries, toxicity, held-out loss', of: ['summaries', 'toxicity', 'loss'] },
  { title: 'Truth, and preference of simulated judges', of: ['truth', 'preference'] },
];
const OTHER = 'Other measures';

/** Columns of values in one table, which fit a terminal. */
const COLUMNS = 4;

/** Formats a study's findings as text: by model, along the base models, leakage, validity, and the verdict on each claim. */
export function reportText(study: Study): string {
  const { means, ladder, leakage, missing } = studyReport(study);
  return [
    describeStudy(study).lines.join('\n'),
    'Means over seeds [95 % interval]; shares and ROUGE in percent, loss in nats per token, length a correlation.',
    ...sections(means),
    ladderText(ladder),
    leakage === null ? 'Leakage: the manifest has no check.' : leakageText(leakage),
    absentText(means, missing),
    `Validity of the instrument\n\n${checkTable(study).text}`,
    `Claims\n\n${verdictTable(study).text}`,
    `Open questions, without a verdict\n\n${exploratoryTable(study.rows).text}`,
  ].join('\n\n');
}

function sections(means: readonly StudyMean[]): string[] {
  const titleOf = ({ measure }: StudyMean) =>
    SECTIONS.find(({ of }) => of.includes(measure.split('.')[0] ?? ''))?.title ?? OTHER;
  return [...SECTIONS.map(({ title }) => title), OTHER].flatMap(title => {
    const own = means.filter(mean => titleOf(mean) === title);
    const measures = [...new Set(own.map(({ measure }) => measure))];
    const tables = inParts(measures).map(part => meansTable(own, part));
    return tables.length === 0 ? [] : [`${title}\n\n${tables.join('\n\n')}`];
  });
}

function inParts(measures: readonly string[]): string[][] {
  const count = Math.ceil(measures.length / COLUMNS);
  return Array.from({ length: count }, (_, i) => measures.slice(i * COLUMNS, (i + 1) * COLUMNS));
}

function meansTable(means: readonly StudyMean[], measures: readonly string[]): string {
  const models = new Map(means.map(mean => [nameOf(mean).join(), mean]));
  const meanOf = (model: StudyModelKey, measure: string) =>
    means.find(mean => mean.measure === measure && nameOf(mean).join() === nameOf(model).join());
  const items = measures.map(measure => {
    const counts = means.filter(mean => mean.measure === measure && mean.n > 0).map(({ n }) => n);
    const ends = [...new Set([Math.min(...counts), Math.max(...counts)])];
    return counts.length === 0 ? '0' : ends.join('–');
  });
  return textTable(
    [
      ['model', 'size', 'tokens', ...measures],
      ...[...models.values()].map(model => [
        ...nameOf(model),
        ...measures.map(measure => meanText(measure, meanOf(model, measure))),
      ]),
      ['n', '', '', ...items],
    ],
    1,
  );
}

/** Names a model, its size and its budget. */
function nameOf({ model, size, budget }: StudyModelKey): [string, string, string] {
  const text = (value: number | null) => value?.toLocaleString('en-US') ?? '';
  return [model, text(size), text(budget)];
}

function ladderText(ladder: readonly LadderMeasure[]): string {
  const sizes = [...new Set(ladder.flatMap(({ steps }) => steps.map(({ size }) => size)))];
  const steps = sizes.map(size => [
    size?.toLocaleString('en-US') ?? '',
    ...ladder.map(({ measure, steps }) =>
      meanText(
        measure,
        steps.find(step => step.size === size),
      ),
    ),
  ]);
  const gains = ladder.map(({ measure, gain }) => meanText(measure, gain));
  const rows = [
    ['base models', ...ladder.map(({ measure }) => measure)],
    ...steps,
    ['largest − smallest', ...gains],
  ];
  return `The ladder\n\n${textTable(rows, 1)}`;
}

function leakageText({ dropped, checks }: StudyLeakage): string {
  const rows = checks.map(check => {
    const zero = mustBeZero(check);
    const cell = (name: (typeof zero)[number]) => {
      const value = check[name];
      if (value === undefined) return '';
      if (!zero.includes(name)) return String(value);
      return value === 0 ? '0 ✓' : `${value} ✗`;
    };
    return [check.asked, check.against, String(check.n), cell('alike'), cell('same'), cell('stated')];
  });
  return [
    'Leakage: what is asked, in what models learn from. ✓ zero as it must be, ✗ not.',
    '',
    textTable([['asked', 'in', 'n', 'alike', 'word for word', 'stated'], ...rows], 2),
    '',
    'alike: BLEU above 20 % with a training prompt or a line of the corpus, the paper’s filter. Tests of one kind share',
    'their wording with it by design, and so do requests in the corpus: they differ in names, numbers and functions.',
    'The corpus states the facts that are asked about.',
    `The filter left out ${dropped} prompts before the study.`,
  ].join('\n');
}

/** Lists values that are missing or could not be measured, by the reason. */
function absentText(means: readonly StudyMean[], missing: readonly MissingRow[]): string {
  const absent = [
    ...missing.map(row => [`no row in seed ${row.seed}`, whose(row)] as const),
    ...means.flatMap(mean => (mean.value === null ? [[`${mean.reason}`, whose(mean)] as const] : [])),
  ];
  const reasons = [...new Set(absent.map(([reason]) => reason))];
  const lines = reasons.flatMap(reason => [
    `${reason}:`,
    ...absent.filter(([of]) => of === reason).map(([, value]) => `  ${value}`),
  ]);
  const none = 'nothing: every model has every measure in every seed';
  return ['Missing', '', ...(lines.length === 0 ? [none] : lines)].join('\n');
}

function whose(row: StudyModelKey & { measure: string }): string {
  const [model, size, budget] = nameOf(row);
  return [`${row.measure} of ${model}`, size && `size ${size}`, budget && `${budget} tokens`]
    .filter(Boolean)
    .join(', ');
}

/**
 * Aligns cells in columns of text: names to the left, numbers to the right.
 *
 * @param names number of the first columns that hold names.
 */
function textTable(rows: readonly (readonly string[])[], names: number): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)));
  return rows
    .map(row =>
      row
        .map((cell, column) => {
          const width = widths[column] ?? 0;
          return column < names ? cell.padEnd(width) : cell.padStart(width);
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
