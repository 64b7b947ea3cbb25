import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lineOf } from '../../files/index.ts';
import type { Job } from '../../jobs/index.ts';
import { parseJsonl } from '../../readers/index.ts';
import type { FactAnswer, Generation, StudyRow } from '../../schema.ts';
import { factLookup, factQuestions, truthLabels } from '../../world/index.ts';
import {
  type AbilityCounts,
  abilityInstructions,
  measureAbilities,
  measureAnswers,
  worldAbilities,
} from '../measure/index.ts';
import { openStudyModel, type StudyModel } from './study-model.ts';
import { readWorld } from './world-files.ts';

/** Measures a model: what its answers are worth beside the teacher's, its abilities, and the facts one by one. */
export async function measureStage(job: Job): Promise<void> {
  const { inputs, folder, signal, onProgress } = job;
  const { counts, ...who } = job.config as unknown as StudyModel & { counts: AbilityCounts };
  const { world, test } = await readWorld(inputs.world ?? '');
  const { model, promptFormat } = await openStudyModel(job, who, [
    ...test,
    ...abilityInstructions(world, counts),
  ]);
  const { seed } = who;
  const answers = await readGenerations(inputs.answers ?? '');
  const teacher = await readGenerations(inputs.teacher ?? '');
  const label = truthLabels(world);
  const abilities = worldAbilities(world, counts, test);
  const { measurements, given } = await measureAbilities(model, abilities, {
    ...{ promptFormat, seed, signal, onProgress },
  });
  const measured = [...measureAnswers(answers, { teacher, label }, { seed }), ...measurements];
  const { model: name, size, budget } = who;
  const rows = measured.map(
    (measurement): StudyRow => ({ model: name, size, budget, seed, ...measurement, evidence: 'live' }),
  );
  await writeFile(join(folder, 'rows.jsonl'), rows.map(lineOf).join(''));
  const questions = new Map(factQuestions(world, counts.facts).map(question => [question.id, question]));
  const about = factLookup(world);
  const facts = given.map(({ id, ...answer }): FactAnswer => {
    const { question = '', answers: [reference] = [''] } = questions.get(id) ?? {};
    const asked = { promptId: id, question, ...about(id), reference };
    return { ...asked, model: name, size, budget, seed, ...answer };
  });
  await writeFile(join(folder, 'facts.jsonl'), facts.map(lineOf).join(''));
}

/** The answers of a run. */
export async function readGenerations(folder: string): Promise<Generation[]> {
  const text = await readFile(join(folder, 'answers.jsonl'), 'utf8');
  return parseJsonl(text, 'answers.jsonl').map(({ value }) => value as unknown as Generation);
}
