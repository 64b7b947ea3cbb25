export {
  completedRuns,
  type RunFailure,
  type RunRecord,
  readFailures,
  readRecord,
  runFolder,
} from './plan-folder.ts';
export type { Json, JsonObject, PlannedRun } from './planned-run.ts';
export { type PlanOutcome, type RunEvent, type RunPlanOptions, runPlan } from './run-plan.ts';
export {
  type AnyStage,
  defineStage,
  from,
  type Job,
  type JobInputs,
  optionalFrom,
  type PlanInputs,
  type RunContext,
  type RunResult,
  type Stage,
  type StageDefinition,
  type StageInput,
  type StageInputs,
} from './stage.ts';
