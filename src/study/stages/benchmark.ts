import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  evaluate,
  findBenchmark,
  isChat,
  type OptionValue,
  type OptionValues,
} from '../../evaluate/index.ts';
import { defineStage, optionalFrom } from '../../jobs/index.ts';
import {
  boolean,
  either,
  type Guard,
  list,
  number,
  object,
  optional,
  record,
  string,
} from '../../runs/index.ts';
import { measuredMetric } from '../measure/measurement.ts';
import { WHO } from '../study-lines.ts';
import { withDecisiveModels } from './decisive.ts';
import { finetuneStage } from './finetune.ts';
import { OUTSIDE_MODEL, type OutsideModel, openStudyModel } from './open-model.ts';
import { writeRows } from './rows.ts';
import { type Who, whoOf } from './who.ts';

interface BenchmarkConfig extends Who, OutsideModel {
  /** Name of the benchmark. */
  benchmark: string;
  /** Number of its first items. */
  items: number;
  /** Options of the benchmark. */
  options?: OptionValues;
}

const OPTION_VALUE: Guard<OptionValue> = either(either(number, string), either(boolean, list(string)));

/** Scores a model on a benchmark. */
export const benchmarkStage = defineStage({
  name: 'benchmark',
  version: 2,
  outputs: ['rows.jsonl'],
  config: object<BenchmarkConfig>({
    ...WHO,
    ...OUTSIDE_MODEL,
    benchmark: string,
    items: number,
    options: optional(record(OPTION_VALUE)),
  }),
  decisive: withDecisiveModels,
  inputs: { model: optionalFrom(finetuneStage) },
  run: async ({ config, inputs, folder, scratch, signal, onProgress }) => {
    const { items: limit, seed, options } = config;
    const { metrics, open } = findBenchmark(config.benchmark);
    const benchmark = await open(options, { folder: scratch });
    const opened = await openStudyModel(config, { trained: inputs.model, scratch });
    const { model, close } = opened;
    // Imitation models read examples and question inside one turn, as the paper's do in Appendix E.
    const promptFormat = isChat(opened.promptFormat) ? 'chat-few-shot' : 'raw';
    try {
      // Every item is kept as soon as it is scored, so that a run that was killed asks nothing twice.
      const kept = join(scratch, 'items');
      const run = { promptFormat, limit, seed, folder: kept, signal, onProgress } as const;
      const result = await evaluate(model, benchmark, run);
      await copyFile(join(kept, 'items.jsonl'), join(folder, 'items.jsonl'));
      const measured = Object.entries(metrics).flatMap(([metric, { measure }]) =>
        measure === undefined ? [] : measuredMetric(result, metric, measure),
      );
      await writeRows(folder, await whoOf(config, inputs.model), measured);
    } finally {
      await close();
    }
  },
});
