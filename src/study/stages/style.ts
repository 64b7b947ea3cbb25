import { defineStage, from, optionalFrom } from '../../jobs/index.ts';
import { object } from '../../runs/index.ts';
import { measureStyle, pairAnswers } from '../measure/index.ts';
import { WHO } from '../study-lines.ts';
import { answersStage, readAnswers } from './answers.ts';
import { finetuneStage } from './finetune.ts';
import { writeRows } from './rows.ts';
import { type Who, whoOf } from './who.ts';

/** Measures the style of a model's answers compared with the teacher's. */
export const styleStage = defineStage({
  name: 'style',
  version: 1,
  outputs: ['rows.jsonl'],
  config: object<Who>(WHO),
  inputs: {
    answers: from(answersStage),
    teacher: from(answersStage),
    model: optionalFrom(finetuneStage),
  },
  run: async ({ config, inputs, folder }) => {
    const { seed } = config;
    const paired = pairAnswers(await readAnswers(inputs.teacher), await readAnswers(inputs.answers));
    await writeRows(folder, await whoOf(config, inputs.model), measureStyle(paired, { seed }));
  },
});
