import type { PaperModels } from '../data/index.ts';
import type { Evidence, FigureRow, StudyRow } from '../schema.ts';
import { parametersText, scaled } from './plot-parts.ts';
import { axisScale, type StudyMeasureName, studyMeasure } from './study-measures.ts';
import { budgetOfMostSizes } from './study-panels.ts';
import { studyPoints } from './study-points.ts';

/** A column of Table 1 or 7: its title, the paper's name for its measure, and the study's. */
export interface ImitationColumn<Measure extends string> {
  title: string;
  paper: Measure;
  study: StudyMeasureName;
  /** Local imitation data of the column's task. */
  local: 'facts' | 'summaries';
}

/** Data that a model of these tables imitates; the teacher imitates none. */
export type Imitation = 'none' | 'broad' | 'local' | 'teacher';

/** One cell: a model with the data it imitates, and one measure, in percent. */
export interface ImitationRow extends FigureRow {
  evidence: Evidence;
  model: string;
  imitation: Imitation;
  /** Name of the imitation data; null for none. */
  data: string | null;
  /** Tokens of imitation data; null where there is none, or none is printed. */
  tokens: number | null;
  measure: string;
  value: number | null;
  low: number | null;
  high: number | null;
  n: number | null;
  seeds: number | null;
}

/** Returns the printed values, a row for each cell. The paper prints neither n nor intervals. */
export function reportedImitation<Measure extends string>(
  { models }: PaperModels<Measure>,
  columns: readonly ImitationColumn<Measure>[],
): ImitationRow[] {
  return models.flatMap(line =>
    columns.map(({ title, paper }) => ({
      evidence: 'reported' as const,
      model: line.model,
      imitation: printedImitation(line),
      data: line.data,
      tokens: null,
      measure: title,
      value: line[paper],
      ...UNKNOWN,
      n: null,
    })),
  );
}

function printedImitation({ model, data }: { model: string; data: string | null }): Imitation {
  if (data === null) return model === 'ChatGPT' ? 'teacher' : 'none';
  return data === 'ShareGPT-Mix' ? 'broad' : 'local';
}

/**
 * Computes a study's values, a row for each cell: each base model, alone, after broad imitation at the largest budget
 * that most sizes share, and after the column's own local imitation at its largest budget; and the teacher. Cells
 * without rows in the study are left out.
 */
export function liveImitation(
  rows: readonly StudyRow[],
  columns: readonly Omit<ImitationColumn<string>, 'paper'>[],
): ImitationRow[] {
  const sizes = [...new Set(rows.flatMap(({ model, size }) => (model === 'base' && size ? [size] : [])))];
  const models = sizes
    .sort((a, b) => a - b)
    .flatMap(size => (['none', 'broad', 'local'] as const).map(imitation => ({ size, imitation })));
  return [...models, { size: null, imitation: 'teacher' as const }].flatMap(({ size, imitation }) =>
    columns.flatMap(({ title, study, local }) => {
      const shared = {
        evidence: 'live' as const,
        model: size === null ? 'Teacher' : parametersText(size),
        imitation,
        data: DATA[imitation],
        measure: title,
      };
      const model = imitation === 'local' ? local : MODELS[imitation];
      return cells(rows, model, size, study).map(cell => ({ ...shared, ...cell }));
    }),
  );
}

const DATA = { none: null, broad: 'Broad', local: 'Local', teacher: null } as const;
const MODELS = { none: 'base', broad: 'broad', teacher: 'teacher' } as const;
const UNKNOWN = { low: null, high: null, seeds: null } as const;

/** Computes the cell of a model and measure; none if the study has not measured it. */
function cells(
  rows: readonly StudyRow[],
  model: StudyRow['model'],
  size: number | null,
  measure: StudyMeasureName,
): Pick<ImitationRow, 'tokens' | 'value' | 'low' | 'high' | 'n' | 'seeds'>[] {
  const points = studyPoints(rows, 'budget', { model, measure, size });
  const shared = model === 'broad' ? budgetOfMostSizes(rows) : points.at(-1)?.x;
  return points
    .filter(({ x }) => x === shared)
    .map(({ n, seeds, x: tokens, ...estimate }) => {
      return { tokens, ...scaled(estimate, axisScale(studyMeasure(measure))), n, seeds };
    });
}
