import { createHash } from 'node:crypto';

/** A value of JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** One run of a plan: what a stage is to do, with which results of other runs. */
export interface PlannedRun {
  /** Follows from stage, version, configuration and inputs alone: 20 hexadecimal digits. */
  id: string;
  /** Name of the stage that does it. */
  stage: string;
  /** Of the stage's code: another one gives other results. */
  version: number;
  /** What is done, for readers: `finetune broad 2,048 on 148 k, seed 1`. */
  label: string;
  config: { readonly [name: string]: Json };
  /** Ids of the runs whose results it takes, by the names that the stage gives them. */
  inputs: Readonly<Record<string, string>>;
  /** How long one core takes for it, estimated in seconds: decides what is done first, and the time left. */
  cost: number;
}

/**
 * A run of a plan, with its id.
 *
 * @param run.inputs the runs whose results it takes.
 * @throws {RangeError} if its cost is not above 0.
 */
export function plannedRun(
  run: Omit<PlannedRun, 'id' | 'inputs'> & { inputs?: Readonly<Record<string, PlannedRun>> },
): PlannedRun {
  const { stage, version, label, config, cost } = run;
  if (!(cost > 0 && Number.isFinite(cost)))
    throw new RangeError(`Cannot plan ${label}: a cost above 0 is required, found ${cost}`);
  const inputs = Object.fromEntries(Object.entries(run.inputs ?? {}).map(([name, { id }]) => [name, id]));
  const decided = canonical({ stage, version, config, inputs });
  const id = createHash('sha256').update(decided).digest('hex').slice(0, 20);
  return { id, stage, version, label, config, inputs, cost };
}

/** JSON in which the order of names does not matter. */
function canonical(value: Json): string {
  return JSON.stringify(value, (_, part: Json) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
