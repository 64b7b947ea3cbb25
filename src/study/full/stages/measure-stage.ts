import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { evaluate } from '../../../evaluate/index.ts';
import { lineOf } from '../../../files/index.ts';
import { openModel } from '../../../generate/index.ts';
import type { Job } from '../../../jobs/index.ts';
import type { StudyRow } from '../../../schema.ts';
import { type Measurement, measureStyle, pairAnswers } from '../../measure/index.ts';
import { measuredMetric } from '../../measure/measurement.ts';
import { benchmarkFacts, type FullBenchmark } from '../full-benchmarks.ts';
import type { FullConfig } from '../full-config.ts';
import { readAnswersOf } from './answers-stage.ts';
import { openFullModel, whoOf } from './full-model.ts';
import { measureJudged } from './measure-judged.ts';

interface MeasureConfig {
  measure: 'style' | 'preference' | FullBenchmark;
  seed: number;
  judge?: FullConfig['judge'];
  items?: number;
  toxicity?: FullConfig['toxicity'];
}

/** Measures a model by one thing: the style of its answers, who is preferred, or a benchmark. */
export async function measureStage(job: Job): Promise<void> {
  const who = await whoOf(job);
  const measured = await measurementsOf(job);
  const rows = measured.map((measurement): StudyRow => ({ ...who, ...measurement, evidence: 'live' }));
  await writeFile(join(job.folder, 'rows.jsonl'), rows.map(lineOf).join(''));
  // The miniature study's facts, one by one, have no counterpart here.
  await writeFile(join(job.folder, 'facts.jsonl'), '');
}

async function measurementsOf(job: Job): Promise<Measurement[]> {
  const { config, inputs } = job;
  const { measure, seed, judge } = config as unknown as MeasureConfig;
  if (measure !== 'style' && measure !== 'preference') return measureBenchmark(job, measure);
  const teacher = await readAnswersOf(inputs.teacher ?? '');
  const answers = await readAnswersOf(inputs.answers ?? '');
  if (measure === 'style') return measureStyle(pairAnswers(teacher, answers), { seed });
  if (judge === undefined) throw new Error('Cannot measure preference: a judge is required, found none');
  const { maxTokens, ...options } = judge;
  const { model, close } = await openModel(options);
  try {
    const { scratch: folder, signal, onProgress } = job;
    const asked = { maxTokens, folder, seed, signal, onProgress };
    return await measureJudged(model, { teacher, answers }, asked);
  } finally {
    await close();
  }
}

async function measureBenchmark(job: Job, name: FullBenchmark): Promise<Measurement[]> {
  const { config, scratch, folder, signal, onProgress } = job;
  const { items: limit, seed, toxicity = 'surrogate' } = config as unknown as MeasureConfig;
  const { measures, open } = benchmarkFacts(name);
  const benchmark = await open({ toxicity });
  const { model, promptFormat, close } = await openFullModel(job);
  try {
    // Every item is kept as soon as it is scored, so that a run that was killed asks nothing twice.
    const kept = join(scratch, 'items');
    const asked = { promptFormat, limit, seed, folder: kept, signal, onProgress };
    const result = await evaluate(model, benchmark, asked);
    await copyFile(join(kept, 'items.jsonl'), join(folder, 'items.jsonl'));
    return Object.entries(measures).map(([metric, measure]) => measuredMetric(result, metric, measure));
  } finally {
    await close();
  }
}
