import { hashOf } from '../files/index.ts';

/** A value of JSON. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** An object of JSON. */
export type JsonObject = { readonly [name: string]: Json };

/** One run of a plan: a stage with a configuration, and the runs whose results it uses. */
export interface PlannedRun<Stage extends string = string> {
  /** Hash of stage, version, what decides the result, and inputs: 20 hexadecimal digits. */
  id: string;
  /** Name of its stage. */
  stage: Stage;
  /** Version of the stage's code: another version gives other results. */
  version: number;
  /** Description for readers: `broad 2,048 on 148 k, seed 1`. */
  label: string;
  config: JsonObject;
  /** Ids of the runs whose results it uses, by the names of the stage's inputs. */
  inputs: Readonly<Record<string, string>>;
  /** Estimated seconds on one core: decides the order of runs, and the time left. */
  cost: number;
}

/** A run to plan, before it has an id. */
export interface UnplannedRun<Stage extends string>
  extends Omit<PlannedRun<Stage>, 'id' | 'config' | 'inputs'> {
  config: object;
  /** Part of the configuration that decides the result, by which the run has its id; default all. */
  decisive?: object;
  inputs: readonly (readonly [name: string, run: PlannedRun | undefined])[];
}

/**
 * Gives a run its id.
 *
 * @throws {RangeError} if its cost is not above 0.
 */
export function planRun<Stage extends string>(run: UnplannedRun<Stage>): PlannedRun<Stage> {
  const { stage, version, label, cost } = run;
  if (!(cost > 0 && Number.isFinite(cost)))
    throw new RangeError(`Cannot plan ${label}: its cost must be > 0, got ${cost}`);
  const config: JsonObject = JSON.parse(JSON.stringify(run.config));
  const decisive: JsonObject = JSON.parse(JSON.stringify(run.decisive ?? run.config));
  const inputs = Object.fromEntries(run.inputs.flatMap(([name, input]) => (input ? [[name, input.id]] : [])));
  const id = hashOf({ stage, version, config: decisive, inputs }).slice(0, 20);
  return { id, stage, version, label, config, inputs, cost };
}
