import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { evaluate } from '../../evaluate/index.ts';
import { defineStage, literal, number, object, optional, optionalFrom } from '../../jobs/index.ts';
import { benchmarkFacts, FULL_BENCHMARKS, type FullBenchmark } from '../full/full-benchmarks.ts';
import { measuredMetric } from '../measure/measurement.ts';
import { WHO } from '../study-lines.ts';
import { finetuneStage } from './finetune.ts';
import { OUTSIDE_MODEL, type OutsideModel, openStudyModel } from './open-model.ts';
import { writeRows } from './rows.ts';
import { type Who, whoOf } from './who.ts';

interface BenchmarkConfig extends Who, OutsideModel {
  benchmark: FullBenchmark;
  /** Number of its first items. */
  items: number;
  toxicity?: 'surrogate' | 'perspective';
}

/** Scores a model on a benchmark. */
export const benchmarkStage = defineStage({
  name: 'benchmark',
  version: 1,
  outputs: ['rows.jsonl'],
  config: object<BenchmarkConfig>({
    ...WHO,
    ...OUTSIDE_MODEL,
    benchmark: literal(...(Object.keys(FULL_BENCHMARKS) as FullBenchmark[])),
    items: number,
    toxicity: optional(literal('surrogate', 'perspective')),
  }),
  inputs: { model: optionalFrom(finetuneStage) },
  run: async ({ config, inputs, folder, scratch, signal, onProgress }) => {
    const { benchmark: name, items: limit, seed, toxicity = 'surrogate' } = config;
    const { measures, open } = benchmarkFacts(name);
    const benchmark = await open({ toxicity });
    const { model, promptFormat, close } = await openStudyModel(config, { trained: inputs.model });
    try {
      // Every item is kept as soon as it is scored, so that a run that was killed asks nothing twice.
      const kept = join(scratch, 'items');
      const options = { promptFormat, limit, seed, folder: kept, signal, onProgress };
      const result = await evaluate(model, benchmark, options);
      await copyFile(join(kept, 'items.jsonl'), join(folder, 'items.jsonl'));
      const measured = Object.entries(measures).map(([metric, measure]) =>
        measuredMetric(result, metric, measure),
      );
      await writeRows(folder, await whoOf(config, inputs.model), measured);
    } finally {
      await close();
    }
  },
});
