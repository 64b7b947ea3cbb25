export { holderOf } from './hold-folder.ts';
export { type Json, type PlannedRun, plannedRun } from './planned-run.ts';
export { type PlanOutcome, type RunEvent, type RunPlanOptions, runPlan } from './run-plan.ts';
export type { Job, Stage, Stages } from './stage.ts';
export {
  type RunFailure,
  type RunRecord,
  readFailures,
  readRecord,
  runFolder,
  standingRuns,
} from './study-folder.ts';
