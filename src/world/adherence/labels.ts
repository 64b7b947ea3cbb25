import type { Estimate } from '../../schema.ts';
import { fleissKappa, seededRandom, share } from '../../stats/index.ts';
import { roundsOf } from '../in-turn.ts';
import type { Instruction } from '../teacher/index.ts';
import type { World } from '../world.ts';
import { adherence } from './adherence.ts';

/** Answer of a model, for a person to read beside what was asked. */
export interface AnswerToLabel {
  instruction: Instruction;
  model: string;
  text: string;
}

/** Answer that a person has read. */
export interface LabelledAnswer extends AnswerToLabel {
  /** It is the kind of answer that was asked for, about what was asked about; to a request for bad words, it declines. */
  adheres: boolean;
}

/**
 * Draws answers for a person to label: of every task and model by turns, whatever they are judged to be, and each text
 * once.
 *
 * @returns fewer than `count` where there are no more.
 */
export function drawAnswersToLabel<Answer extends AnswerToLabel>(
  answers: readonly Answer[],
  count: number,
  seed: number,
): Answer[] {
  const { shuffle } = seededRandom(`adherence labels/${seed}`);
  const strata = new Map<string, Answer[]>();
  const each = new Map(
    answers.map(answer => [JSON.stringify([answer.instruction.text, answer.text]), answer]),
  );
  for (const answer of shuffle([...each.values()])) {
    const stratum = JSON.stringify([answer.instruction.task, answer.model]);
    strata.set(stratum, [...(strata.get(stratum) ?? []), answer]);
  }
  return roundsOf(shuffle([...strata.values()]))
    .flat()
    .slice(0, count);
}

/** Agreement of {@link adherence} with the labels of a person. */
export interface AdherenceAgreement {
  /** κ of Fleiss of the two, with the bootstrap interval over answers. */
  kappa: Estimate;
  /** Share of answers on which they agree, with Wilson's interval. */
  agreement: Estimate;
  /** Answers on which they do not. */
  disputed: LabelledAnswer[];
}

/** Computes how far the judgement of adherence agrees with a person's beyond chance. */
export function adherenceAgreement(world: World, labelled: readonly LabelledAnswer[]): AdherenceAgreement {
  const judge = adherence(world);
  const judged = labelled.map(answer => {
    const { adheres } = judge(answer.instruction, answer.text);
    return { answer, adheres };
  });
  const disputed = judged.flatMap(({ answer, adheres }) => (answer.adheres === adheres ? [] : [answer]));
  return {
    kappa: fleissKappa(
      judged.map(({ answer, adheres }) => [answer.adheres ? 'yes' : 'no', adheres ? 'yes' : 'no']),
    ),
    agreement: share(labelled.length - disputed.length, labelled.length),
    disputed,
  };
}
