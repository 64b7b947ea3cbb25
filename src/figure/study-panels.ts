import type { Evidence, StudyRow } from '../schema.ts';
import type { Panel, PanelLevel, PanelPoint, PanelSeries } from './panel.ts';
import { scaled } from './plot-parts.ts';
import { axisScale, type StudyMeasure, type StudyMeasureName, studyMeasure } from './study-measures.ts';
import { type StudyPoint, type StudySelection, studyPoints } from './study-points.ts';

/** One line of a study's panel: what is selected of its rows, and the name in the legend. */
export type StudyLine = Omit<StudySelection, 'size' | 'budget'> & { name: string };

/** Selects broad imitation by a measure, as most figures draw it. */
export const broad = (measure: StudyMeasureName | StudyMeasure): StudyLine[] => [
  { name: 'Broad imitation', model: 'broad', measure },
];

/**
 * Draws a panel over the amount of imitation data, at the one size that was trained on most budgets. With a single
 * line, the base model of that size and the teacher are levels.
 *
 * @param title of the panel; by default the measure's.
 */
export function byBudget(rows: readonly StudyRow[], lines: readonly StudyLine[], title?: string): Panel {
  const size = sizeWithMostBudgets(rows);
  const first = firstOf(lines);
  return {
    ...frame(first.measure, title),
    x: 'tokens of imitation data',
    series: lines.map(({ name, ...line }) =>
      live(name, studyPoints(rows, 'budget', { ...line, size }), line),
    ),
    levels:
      lines.length > 1
        ? []
        : [
            ...level('Base model', rows, { model: 'base', measure: first.measure, size }),
            ...level('Teacher', rows, { model: 'teacher', measure: first.measure }),
            ...chanceLevel(rows, first.measure),
          ],
  };
}

/**
 * Draws a panel over the base model's size, at the largest budget that several sizes were trained on. With a single
 * line, the base models are another line, and the teacher is a level.
 *
 * @param title of the panel; by default the measure's.
 */
export function bySize(rows: readonly StudyRow[], lines: readonly StudyLine[], title?: string): Panel {
  const budget = budgetOfMostSizes(rows);
  const first = firstOf(lines);
  const reference = lines.length > 1 ? [] : [{ ...first, name: 'Base model', model: 'base' as const }];
  return {
    ...frame(first.measure, title),
    x: 'parameters of the base model',
    series: [
      ...reference.map(({ name, ...line }) => live(name, studyPoints(rows, 'size', line), line)),
      ...lines.map(({ name, ...line }) => live(name, studyPoints(rows, 'size', { ...line, budget }), line)),
    ],
    levels:
      lines.length > 1
        ? []
        : [
            ...level('Teacher', rows, { model: 'teacher', measure: first.measure }),
            ...chanceLevel(rows, first.measure),
          ],
  };
}

/** Returns the size whose broad imitation models differ most in budget; the largest of those. */
export function sizeWithMostBudgets(rows: readonly StudyRow[]): number | null {
  return mostFrequent(rows, 'size', 'budget');
}

/** Returns the budget at which most sizes imitate broadly; the largest of those. */
export function budgetOfMostSizes(rows: readonly StudyRow[]): number | null {
  return mostFrequent(rows, 'budget', 'size');
}

function mostFrequent(rows: readonly StudyRow[], key: 'size' | 'budget', counted: 'size' | 'budget') {
  const others = new Map<number, Set<number | null>>();
  for (const row of rows) {
    const value = row[key];
    if (row.model === 'broad' && value !== null) {
      others.set(value, (others.get(value) ?? new Set()).add(row[counted]));
    }
  }
  const ordered = [...others].sort(([a, x], [b, y]) => y.size - x.size || b - a);
  return ordered[0]?.[0] ?? null;
}

function frame(
  measure: StudyMeasureName | StudyMeasure,
  title: string | undefined,
): Pick<Panel, 'title' | 'y' | 'scale'> {
  const { name, label, unit } = studyMeasure(measure);
  return {
    title: title ?? label,
    y: unit === 'correlation' ? label : `${label}, %`,
    scale: name,
  };
}

function firstOf(lines: readonly StudyLine[]): StudyLine {
  const [first] = lines;
  if (first === undefined)
    throw new RangeError('Cannot draw a panel: at least one line is required, found none');
  return first;
}

function live(
  name: string,
  points: readonly StudyPoint[],
  { measure }: { measure: StudyMeasureName | StudyMeasure },
): PanelSeries {
  const evidence: Evidence = 'live';
  return {
    name,
    evidence,
    points: points.flatMap(point => (point.x === null ? [] : drawn(point, measure, point.x))),
  };
}

function drawn(point: StudyPoint, measure: StudyMeasureName | StudyMeasure, x: number): PanelPoint[] {
  const { value, low, high } = scaled(point, axisScale(studyMeasure(measure)));
  return value === null ? [] : [{ x, value, low, high, n: point.n, seeds: point.seeds }];
}

function level(name: string, rows: readonly StudyRow[], selection: StudySelection): PanelLevel[] {
  const [point] = studyPoints(rows, 'budget', selection);
  if (point === undefined) return [];
  return drawn(point, selection.measure, 0).map(({ x: _, ...values }) => ({
    name,
    evidence: 'live',
    ...values,
  }));
}

/** Returns the level of one who guesses; none where a measure has none, or nothing was measured. */
function chanceLevel(rows: readonly StudyRow[], measure: StudyMeasureName | StudyMeasure): PanelLevel[] {
  const found = studyMeasure(measure);
  if (found.chance === undefined || !rows.some(row => row.measure === found.name)) return [];
  const value = found.chance * axisScale(found);
  return [
    { name: 'Chance', evidence: 'live', fixed: true, value, low: null, high: null, n: null, seeds: null },
  ];
}
