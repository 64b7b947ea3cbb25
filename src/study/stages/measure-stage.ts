import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseJsonl } from '../../readers/index.ts';
import type { Generation, StudyRow } from '../../schema.ts';
import { lineOf } from '../../util/index.ts';
import {
  type AbilityCounts,
  abilityInstructions,
  measureAbilities,
  measureAnswers,
  worldAbilities,
} from '../measure/index.ts';
import type { Job } from '../runner/stage.ts';
import { truthLabels } from '../teacher/index.ts';
import { openStudyModel, type StudyModel } from './study-model.ts';
import { readWorld } from './world-files.ts';

/** Measures a model: what its answers are worth beside the teacher's, and its abilities. */
export async function measureStage(job: Job): Promise<void> {
  const { inputs, folder, signal, onProgress } = job;
  const { counts, ...who } = job.config as unknown as StudyModel & { counts: AbilityCounts };
  const { world, test } = await readWorld(inputs.world ?? '');
  const { model, form } = await openStudyModel(job, who, [...test, ...abilityInstructions(world, counts)]);
  const { seed } = who;
  const answers = await readGenerations(inputs.answers ?? '');
  const teacher = await readGenerations(inputs.teacher ?? '');
  const measured = [
    ...measureAnswers(answers, { teacher, label: truthLabels(world) }, { seed }),
    ...(await measureAbilities(model, worldAbilities(world, counts, test), {
      form,
      seed,
      signal,
      onProgress,
    })),
  ];
  const { model: name, size, budget } = who;
  const rows = measured.map(
    (measurement): StudyRow => ({ model: name, size, budget, seed, ...measurement, evidence: 'live' }),
  );
  await writeFile(join(folder, 'rows.jsonl'), rows.map(lineOf).join(''));
}

/** The answers of a run. */
export async function readGenerations(folder: string): Promise<Generation[]> {
  const text = await readFile(join(folder, 'answers.jsonl'), 'utf8');
  return parseJsonl(text, 'answers.jsonl').map(({ value }) => value as unknown as Generation);
}
