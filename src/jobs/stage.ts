import type { Guard, OnProgress } from '../runs/index.ts';
import { type PlannedRun, planRun } from './planned-run.ts';

/** An input of a stage: the result of a run of one of some stages. */
export interface StageInput<Name extends string = string, Optional extends boolean = boolean> {
  readonly stages: readonly Name[];
  readonly optional: Optional;
}

/** The inputs of a stage, by name. */
export type StageInputs = Readonly<Record<string, StageInput>>;

/** Requires the result of a run of one of these stages. */
export function from<Name extends string>(
  ...stages: readonly { readonly name: Name }[]
): StageInput<Name, false> {
  return { stages: stages.map(({ name }) => name), optional: false };
}

/** Takes the result of a run of one of these stages, if the plan gives one. */
export function optionalFrom<Name extends string>(
  ...stages: readonly { readonly name: Name }[]
): StageInput<Name, true> {
  return { stages: stages.map(({ name }) => name), optional: true };
}

/** The result of a run, as a later run reads it. */
export interface RunResult<Name extends string = string> {
  readonly stage: Name;
  readonly folder: string;
}

/** Names of the inputs that are not optional. */
type RequiredNames<Inputs extends StageInputs> = {
  [Name in keyof Inputs]: Inputs[Name]['optional'] extends true ? never : Name;
}[keyof Inputs];

/** Results that a run is given, by the names of its stage's inputs. */
export type JobInputs<Inputs extends StageInputs> = {
  readonly [Name in RequiredNames<Inputs>]: RunResult<Inputs[Name]['stages'][number]>;
} & {
  readonly [Name in Exclude<keyof Inputs, RequiredNames<Inputs>>]?:
    | RunResult<Inputs[Name]['stages'][number]>
    | undefined;
};

/** Runs whose results a run is planned to use, by the names of its stage's inputs. */
export type PlanInputs<Inputs extends StageInputs> = {
  readonly [Name in RequiredNames<Inputs>]: PlannedRun<Inputs[Name]['stages'][number]>;
} & {
  readonly [Name in Exclude<keyof Inputs, RequiredNames<Inputs>>]?:
    | PlannedRun<Inputs[Name]['stages'][number]>
    | undefined;
};

/** Places and callbacks of a run. */
export interface RunContext {
  /** Empty folder for the run's result, which is kept whole or not at all. */
  folder: string;
  /** Folder for checkpoints, from which an interrupted run resumes; deleted when the run has ended. */
  scratch: string;
  signal: AbortSignal;
  onProgress: OnProgress;
}

/** Everything that a stage's `run` is given. */
export interface Job<Config, Inputs extends StageInputs> extends RunContext {
  config: Config;
  inputs: JobInputs<Inputs>;
}

/** Everything about one kind of run. */
export interface StageDefinition<Name extends string, Config extends object, Inputs extends StageInputs> {
  name: Name;
  /** Version of its code: one more whenever its results change. */
  version: number;
  config: Guard<Config>;
  inputs: Inputs;
  /** Files of its result that are collected over all runs of a plan. */
  outputs?: readonly string[];
  /**
   * Returns the part of a configuration that decides the result, such as the hash of a file in place of its path: runs
   * that agree in it are one run. Default all of it.
   */
  decisive?: (config: Config) => object;
  /**
   * Does a run. Its result follows from configuration and inputs alone: no clock, no path, no chance but by a seed of
   * the configuration.
   *
   * @throws the signal's reason, or an `AbortError`, once it is aborted.
   */
  run(job: Job<Config, Inputs>): Promise<void>;
}

/** A stage, whatever its configuration and inputs are. */
export interface AnyStage {
  readonly name: string;
  readonly version: number;
  readonly outputs: readonly string[];
  /**
   * Checks configuration and inputs of a run, then does it.
   *
   * @throws {TypeError} if they are not what the stage requires.
   */
  start(
    given: { config: unknown; inputs: Readonly<Record<string, RunResult>> },
    context: RunContext,
  ): Promise<void>;
}

/** A stage that plans its runs. */
export interface Stage<Name extends string, Config extends object, Inputs extends StageInputs>
  extends AnyStage {
  readonly name: Name;
  /**
   * Plans a run.
   *
   * @throws {RangeError} if the cost is not above 0.
   */
  plan(run: { label: string; config: Config; inputs: PlanInputs<Inputs>; cost: number }): PlannedRun<Name>;
}

/**
 * Defines a stage: a kind of run, with typed configuration and inputs.
 *
 * @example
 * // Given join, writeFile.
 * const countStage = defineStage({
 *   name: 'count',
 *   version: 1,
 *   config: object({ to: number }),
 *   inputs: {},
 *   run: async ({ config, folder }) => writeFile(join(folder, 'number'), JSON.stringify(config)),
 * })
 * const run = countStage.plan({ label: 'count to 3', config: { to: 3 }, inputs: {}, cost: 1 })
 */
export function defineStage<Name extends string, Config extends object, Inputs extends StageInputs>(
  definition: StageDefinition<Name, Config, Inputs>,
): Stage<Name, Config, Inputs> {
  const { name, version, outputs = [], config: guard, inputs: known, decisive } = definition;
  return {
    name,
    version,
    outputs,
    plan: ({ label, config, inputs, cost }) =>
      planRun({
        stage: name,
        version,
        label,
        config,
        inputs: Object.entries(inputs),
        cost,
        ...(decisive && { decisive: decisive(config) }),
      }),
    start: async ({ config, inputs }, context) => {
      requireConfig(guard, config, name);
      requireInputs(known, inputs, name);
      await definition.run({ ...context, config, inputs });
    },
  };
}

/** @throws {TypeError} if a guard refuses a configuration. */
function requireConfig<Config>(
  guard: Guard<Config>,
  config: unknown,
  stage: string,
): asserts config is Config {
  const problem = guard.problem(config, 'config');
  if (problem !== undefined) throw new TypeError(`Cannot run the stage ${stage}: ${problem}`);
}

/** @throws {TypeError} if an input is missing, unknown or of another stage. */
function requireInputs<Inputs extends StageInputs>(
  known: Inputs,
  given: Readonly<Record<string, RunResult>>,
  stage: string,
): asserts given is typeof given & JobInputs<Inputs> {
  for (const name of Object.keys(given)) {
    if (known[name] === undefined)
      throw new TypeError(`Cannot run the stage ${stage}: unknown input "${name}"`);
  }
  for (const [name, { stages, optional }] of Object.entries(known)) {
    const found = given[name]?.stage;
    if (found === undefined ? optional : stages.includes(found)) continue;
    const rule = `its input "${name}" must be a result of ${stages.join(' or ')}`;
    throw new TypeError(`Cannot run the stage ${stage}: ${rule}, got ${found ?? 'none'}`);
  }
}
