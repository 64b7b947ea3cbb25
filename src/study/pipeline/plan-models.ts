import type { Budget, ImitationData } from '../config/study.ts';
import type { Who } from '../stages/who.ts';
import type { StudyRun } from './study-run.ts';

/** A model of a plan. */
export interface PlannedModel {
  who: Who;
  /** Name in labels. */
  label: string;
  /** The run that trained it; undefined for the teacher and for checkpoints. */
  trained?: StudyRun<'pretrain' | 'finetune'>;
}

/** Imitation data of a model. */
export interface Imitation {
  data: ImitationData;
  budget: Budget;
  /** Tokens of pretraining data between them, for each of theirs; default none. */
  mix?: number;
}

/** Parts of a plan that depend on the kind of study: a world of its own, or checkpoints and data from outside. */
export interface PlanParts<Base, Model extends PlannedModel> {
  /** The teacher and, where there is one, its second sample. */
  readonly teachers: readonly [Model, ...Model[]];
  /** Base models, from the smallest to the largest. */
  readonly bases: readonly Base[];
  /** Plans the run that makes a base model, if one does. */
  planBase(base: Base): Model;
  imitationsOf(base: Base): readonly Imitation[];
  /** Plans the fine-tuning of a base model. */
  planImitation(base: Model, imitation: Imitation, seed: number): Model;
  planAnswers(model: Model): StudyRun<'answers'>;
  /** Plans the measures of a model, given its answers and the teacher's. */
  planMeasures(model: Model, answers: StudyRun<'answers'>, teacher: StudyRun<'answers'>): void;
}

/**
 * Plans the models of a study: the teacher, and for each base model those that imitate from growing budgets and from
 * local sets, with the answers and measures of all.
 *
 * @param seeds of the imitation models.
 */
export function planModels<Base, Model extends PlannedModel>(
  parts: PlanParts<Base, Model>,
  seeds: readonly number[],
): void {
  const [first, ...samples] = parts.teachers;
  const teacher = parts.planAnswers(first);
  parts.planMeasures(first, teacher, teacher);
  const measure = (model: Model) => parts.planMeasures(model, parts.planAnswers(model), teacher);
  samples.forEach(measure);
  for (const base of parts.bases) {
    const model = parts.planBase(base);
    measure(model);
    for (const seed of seeds) {
      for (const imitation of parts.imitationsOf(base)) measure(parts.planImitation(model, imitation, seed));
    }
  }
}
