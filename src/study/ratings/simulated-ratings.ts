import { JUDGE_NAMES } from '../../figure/index.ts';
import type { Comparison, Rating } from '../../schema.ts';
import { pairHash } from '../../text/index.ts';
import { type Outcome, type SimulatedJudge, styleJudge, truthJudge } from '../measure/index.ts';
import { modelId, promptOf, type StudyAnswers, TEACHER_ID } from './study-pairs.ts';

const CHOICES = { win: 'right', tie: 'tie', loss: 'left' } as const satisfies Record<
  Outcome,
  Rating['choice']
>;

/**
 * Rates the pairs for human raters by a study's two simulated judges: one sees style only, the other knows the truth.
 * Their names state that they are simulated.
 *
 * @param pairs from `ratingPairs`.
 * @param study the study of the answers, with their labels by the known truth.
 * @example
 * const study = await openStudy()
 * const { truth } = simulatedRatings(ratingPairs(study, { count: 30 }), study)
 */
export function simulatedRatings(
  { answers: columns, items }: Comparison,
  study: StudyAnswers,
): Record<keyof typeof JUDGE_NAMES, Rating[]> {
  const labels = new Map(
    study.answers.map(answer => [keyOf(promptOf(answer), modelId(answer)), answer.labels]),
  );
  const pairs = items.flatMap(({ promptId, answers }) =>
    columns.flatMap(({ id }) => {
      const [teacher, model] = [answers[TEACHER_ID]?.text, answers[id]?.text];
      if (id === TEACHER_ID || teacher === undefined || model === undefined) return [];
      return [{ promptId, id, teacher, model }];
    }),
  );
  const ratings = (annotator: string, judgeOf: (id: string) => SimulatedJudge): Rating[] =>
    pairs.map(({ id, ...pair }) => ({
      promptId: pair.promptId,
      annotator,
      left: TEACHER_ID,
      right: id,
      choice: CHOICES[judgeOf(id)(pair)],
      contentHash: pairHash(pair.teacher, pair.model),
      at: '',
    }));
  const knowing = (id: string) =>
    truthJudge(
      ({ promptId, model }) => labels.get(keyOf(promptId, model === 'teacher' ? TEACHER_ID : id)) ?? [],
    );
  return {
    style: ratings(JUDGE_NAMES.style, () => styleJudge),
    truth: ratings(JUDGE_NAMES.truth, knowing),
  };
}

function keyOf(promptId: string, model: string): string {
  return JSON.stringify([promptId, model]);
}
