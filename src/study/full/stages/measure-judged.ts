import type { LanguageModel } from '../../../chat/index.ts';
import { type JudgeOptions, type JudgePair, judgePairs, preferencesOf } from '../../../compare/index.ts';
import type { StudyAnswer } from '../../../schema.ts';
import type { Measurement } from '../../measure/measurement.ts';
import { preferenceShares } from '../../measure/preference.ts';

/**
 * How often a judge model, asked about each pair in both orders, prefers a model's answers to the teacher's:
 * `preference.judge.equal-or-better` and its parts.
 *
 * @see Gudibande et al. 2023, Appendix C
 */
export async function measureJudged(
  judge: LanguageModel,
  { teacher, answers }: { teacher: readonly StudyAnswer[]; answers: readonly StudyAnswer[] },
  options: JudgeOptions,
): Promise<Measurement[]> {
  const given = new Map(answers.map(answer => [answer.promptId, answer.text]));
  const pairs = teacher.flatMap(({ promptId, prompt, category, text }): JudgePair[] => {
    const other = given.get(promptId);
    if (text === null || other === null || other === undefined) return [];
    return [
      {
        ...{ promptId, prompt, category },
        answers: [
          { id: 'teacher', text },
          { id: 'model', text: other },
        ],
      },
    ];
  });
  const { reviews } = await judgePairs(judge, pairs, options);
  const unanswered = teacher.length - pairs.length;
  return preferenceShares('judge', preferencesOf(reviews), unanswered);
}
