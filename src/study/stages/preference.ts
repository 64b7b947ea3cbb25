import { type JudgePair, judgePairs, preferencesOf } from '../../compare/index.ts';
import { defineStage, from, optionalFrom } from '../../jobs/index.ts';
import { number, object, optional } from '../../runs/index.ts';
import type { StudyAnswer } from '../../schema.ts';
import type { JudgeModel } from '../config/checkpoint-study.ts';
import { preferenceShares } from '../measure/preference.ts';
import { WHO } from '../study-lines.ts';
import { answersStage, readAnswers } from './answers.ts';
import { withDecisiveModels } from './decisive.ts';
import { finetuneStage } from './finetune.ts';
import { MODEL_OPTIONS } from './open-model.ts';
import { writeRows } from './rows.ts';
import { type Who, whoOf } from './who.ts';

interface PreferenceConfig extends Who {
  judge: JudgeModel;
}

/**
 * Measures how often a judge model, asked about each pair in both orders, prefers a model's answers to the teacher's:
 * `preference.judge.equal-or-better` and its parts.
 *
 * @see Gudibande et al. 2023, Appendix C
 */
export const preferenceStage = defineStage({
  name: 'preference',
  version: 1,
  outputs: ['rows.jsonl'],
  config: object<PreferenceConfig>({
    ...WHO,
    judge: object<JudgeModel>({ ...MODEL_OPTIONS, maxTokens: optional(number) }),
  }),
  decisive: withDecisiveModels,
  inputs: {
    answers: from(answersStage),
    teacher: from(answersStage),
    model: optionalFrom(finetuneStage),
  },
  run: async ({ config, inputs, folder, scratch, signal, onProgress }) => {
    const { openModel } = await import('../../generate/index.ts');
    const { maxTokens, fingerprint: _, ...options } = config.judge;
    const { seed } = config;
    const teacher = await readAnswers(inputs.teacher);
    const pairs = judgedPairs(teacher, await readAnswers(inputs.answers));
    const { model: judge, close } = await openModel(options, { folder: scratch });
    try {
      const asked = { maxTokens, folder: scratch, seed, signal, onProgress };
      const { reviews } = await judgePairs(judge, pairs, asked);
      const unanswered = teacher.length - pairs.length;
      const shares = preferenceShares('judge', preferencesOf(reviews), unanswered);
      await writeRows(folder, await whoOf(config, inputs.model), shares);
    } finally {
      await close();
    }
  },
});

function judgedPairs(teacher: readonly StudyAnswer[], answers: readonly StudyAnswer[]): JudgePair[] {
  const given = new Map(answers.map(answer => [answer.promptId, answer.text]));
  return teacher.flatMap(({ promptId, prompt, category, text }) => {
    const other = given.get(promptId);
    if (text === null || other === null || other === undefined) return [];
    const pair = [
      { id: 'teacher', text },
      { id: 'model', text: other },
    ] as const;
    return [{ promptId, prompt, category, answers: pair }];
  });
}
