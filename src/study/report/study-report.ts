import type { StudyRow } from '../../schema.ts';
import type { StudyLeakage } from '../pipeline/leakage.ts';
import type { Study, StudyManifest } from '../pipeline/study-files.ts';
import { type StudyVerdicts, studyVerdicts } from '../validity/index.ts';
import { baseLadder, type LadderMeasure } from './base-ladder.ts';
import { type StudyMean, type StudyModelKey, studyMeans } from './study-means.ts';

/** A value of which a study should have a row, and has none. */
export interface MissingRow extends StudyModelKey {
  measure: string;
  seed: number;
}

/** Findings of a study, as plain data. */
export interface StudyReport extends StudyVerdicts {
  manifest: StudyManifest;
  /** Every measure of every model over the seeds. */
  means: StudyMean[];
  ladder: LadderMeasure[];
  /** Null where nothing was compared. */
  leakage: StudyLeakage | null;
  /** Values of which it should have a row, and has none. */
  missing: MissingRow[];
}

/** Sums up a study's findings: by model, along the base models, and claim by claim. */
export function studyReport(study: Study): StudyReport {
  const { rows, manifest } = study;
  return {
    ...studyVerdicts(study),
    manifest,
    means: studyMeans(rows),
    ladder: baseLadder(rows),
    leakage: manifest.leakage ?? null,
    missing: missingRows(rows, manifest.seeds),
  };
}

/** Lists missing rows: every model of any seed should have every measure in each of the seeds. */
function missingRows(rows: readonly StudyRow[], seeds: readonly number[]): MissingRow[] {
  const keyOf = ({ model, size, budget, measure, seed }: MissingRow) =>
    JSON.stringify([model, size, budget, measure, seed]);
  const found = new Set(rows.map(keyOf));
  const measures = [...new Set(rows.map(({ measure }) => measure))];
  const models = new Map(
    rows.map(({ model, size, budget }) => [JSON.stringify([model, size, budget]), { model, size, budget }]),
  );
  return [...models.values()].flatMap(model =>
    measures.flatMap(measure =>
      seeds.map(seed => ({ ...model, measure, seed })).filter(row => !found.has(keyOf(row))),
    ),
  );
}
