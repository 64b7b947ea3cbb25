import { type TestedHypothesis, testHypotheses } from '../hypotheses/index.ts';
import type { StudyLeakage } from '../pipeline/leakage.ts';
import type { Study, StudyManifest } from '../pipeline/study-files.ts';
import { baseLadder, type LadderMeasure } from './base-ladder.ts';
import { type MissingRow, missingRows } from './missing-rows.ts';
import { type StudyMean, studyMeans } from './study-means.ts';

/** What a study found, as plain data. */
export interface StudyReport {
  manifest: StudyManifest;
  /** Every measure of every model over the seeds. */
  means: StudyMean[];
  ladder: LadderMeasure[];
  hypotheses: TestedHypothesis[];
  /** Null where the study built no world. */
  leakage: StudyLeakage | null;
  /** Values that it should hold and has no row of. */
  missing: MissingRow[];
}

/** Sums up what a study found: by model, along the base models, and claim by claim. */
export function studyReport({ rows, manifest }: Study): StudyReport {
  return {
    manifest,
    means: studyMeans(rows),
    ladder: baseLadder(rows),
    hypotheses: testHypotheses(rows),
    leakage: manifest.leakage ?? null,
    missing: missingRows(rows, manifest.seeds),
  };
}
