import type { PlannedRun } from '../../jobs/index.ts';
import type { RunEstimate } from '../estimate/estimate-run.ts';
import type { Who } from '../stages/who.ts';

/** A run of a study, with what plans and dry runs print of it. */
export interface StudyRun<Stage extends string = string> extends PlannedRun<Stage> {
  /** The model that it trains, asks or measures; null where it has none. */
  who: Who | null;
  /** Seed of its draws. */
  seed: number;
  /** Expected time, operations and memory; null where they are small. */
  estimate: RunEstimate | null;
  /** Name of the checkpoint that it loads; null where it loads none. */
  checkpoint: string | null;
}

/** Collects the runs of a plan, each after those whose results it uses. */
export class RunList {
  readonly runs: StudyRun[] = [];

  add<Stage extends string>(
    run: PlannedRun<Stage>,
    {
      seed,
      who = null,
      estimate = null,
      checkpoint = null,
    }: Pick<StudyRun, 'seed'> & Partial<Pick<StudyRun, 'who' | 'estimate' | 'checkpoint'>>,
  ): StudyRun<Stage> {
    const added = { ...run, who, seed, estimate, checkpoint };
    this.runs.push(added);
    return added;
  }
}
