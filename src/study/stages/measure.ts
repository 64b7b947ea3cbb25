import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lineOf } from '../../files/index.ts';
import { defineStage, from, optionalFrom } from '../../jobs/index.ts';
import { number, object } from '../../runs/index.ts';
import type { FactAnswer } from '../../schema.ts';
import { factLookup, factQuestions, truthLabels, type World } from '../../world/index.ts';
import {
  type AbilityCounts,
  abilityInstructions,
  followIn,
  type GivenFact,
  measureAbilities,
  measureAnswers,
  worldAbilities,
} from '../measure/index.ts';
import { WHO } from '../study-lines.ts';
import { answersStage, readAnswers } from './answers.ts';
import { finetuneStage } from './finetune.ts';
import { openStudyModel } from './open-model.ts';
import { pretrainStage } from './pretrain.ts';
import { writeRows } from './rows.ts';
import type { Who } from './who.ts';
import { worldStage } from './world.ts';
import { readWorld } from './world-files.ts';

interface MeasureConfig extends Who {
  counts: AbilityCounts;
}

/**
 * Measures a model of a world in everything that the world knows: adherence, style, truth and preference of its answers
 * compared with the teacher's, its abilities in every form, and its knowledge of facts one by one. All of it is one run,
 * since a small model is measured faster than a process starts; models from outside are measured by a run for each of
 * `style`, `preference` and `benchmark`, which take hours and repeat one by one.
 */
export const measureStage = defineStage({
  name: 'measure',
  version: 5,
  outputs: ['rows.jsonl', 'facts.jsonl'],
  config: object<MeasureConfig>({
    ...WHO,
    counts: object<AbilityCounts>({
      facts: number,
      sums: number,
      programs: number,
      summaries: number,
      toxicity: number,
    }),
  }),
  inputs: {
    world: from(worldStage),
    answers: from(answersStage),
    teacher: from(answersStage),
    model: optionalFrom(pretrainStage, finetuneStage),
  },
  run: async ({ config, inputs, folder, scratch, signal, onProgress }) => {
    const { counts, ...who } = config;
    const { seed } = who;
    const { world, test } = await readWorld(inputs.world.folder);
    const answers = await readAnswers(inputs.answers);
    const teacher = await readAnswers(inputs.teacher);
    const abilities = worldAbilities(world, counts, test);
    const instructions = [...test, ...abilityInstructions(abilities)];
    const { model, close } = await openStudyModel(who, {
      trained: inputs.model,
      scratch,
      instructions,
    });
    try {
      const options = { seed, signal, onProgress };
      const { measurements, given } = await measureAbilities(model, abilities, options);
      const known = { teacher, label: truthLabels(world), follow: followIn(world, test) };
      await writeRows(folder, who, [...measureAnswers(answers, known, { seed }), ...measurements]);
      const facts = factAnswers(world, counts.facts, who, given);
      await writeFile(join(folder, 'facts.jsonl'), facts.map(lineOf).join(''));
    } finally {
      await close();
    }
  },
});

function factAnswers(
  world: World,
  count: number,
  { model, size, budget, seed }: Who,
  given: readonly GivenFact[],
): FactAnswer[] {
  const questions = new Map(factQuestions(world, count).map(question => [question.id, question]));
  const lookup = factLookup(world);
  return given.map(({ id, ...answer }) => {
    const { question = '', answers: [reference] = [''] } = questions.get(id) ?? {};
    return { promptId: id, question, ...lookup(id), reference, model, size, budget, seed, ...answer };
  });
}
