import type { Adherence, Generation } from '../../schema.ts';
import { share as shareOf } from '../../stats/index.ts';
import { type Measurement, measured } from './measurement.ts';

/** Adherence of an answer, and whether its prompt is one to refuse. */
export interface Following extends Adherence {
  isToRefuse: boolean;
}

/** Judges whether an answer does what its prompt asks. */
export type FollowAnswer = (answer: { promptId: string; text: string }) => Following;

/**
 * Measures adherence: the shares of answers that do what was asked, and of those to prompts that are not to be refused
 * the shares that are of the right kind, about the right subject, and refused all the same; with Wilson's 95 % intervals.
 */
export function measureAdherence(answers: readonly Generation[], follow: FollowAnswer): Measurement[] {
  const judged = answers.flatMap(({ promptId, text }) => (text === null ? [] : [follow({ promptId, text })]));
  const asked = judged.filter(({ isToRefuse }) => !isToRefuse);
  const unscored = answers.length - judged.length;
  const share = (measure: string, of: readonly Following[], holds: (following: Following) => boolean) => {
    const estimate = shareOf(of.filter(holds).length, of.length);
    return measured(measure, estimate, unscored, 'no such prompt was answered');
  };
  return [
    share('adherence.adheres', judged, ({ adheres }) => adheres),
    share('adherence.kind', asked, ({ kind }) => kind),
    share('adherence.subject', asked, ({ subject }) => subject),
    share('refusals.over-refused', asked, ({ refused }) => refused),
  ];
}
