import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { LanguageModel } from '../chat/index.ts';
import { hashOf, itemName, lineOf, writeFileAtomic } from '../files/index.ts';
import { keepManifest } from '../runs/index.ts';
import type { Benchmark } from './benchmark.ts';
import { type EvaluationResult, harnessResults } from './evaluation-result.ts';
import type { ItemRow } from './item-row.ts';
import { openOutputs, outputKey } from './kept-outputs.ts';
import { type KeptScores, openScores } from './kept-scores.ts';
import type { AskOptions, Requested } from './outputs-of.ts';
import type { PromptForm } from './prompt-form.ts';
import type { TimedOutput } from './score-queue.ts';

/** Outputs and scores of earlier runs, and where those of this run go. */
export interface EvaluationFolder<Item> {
  /** Returns the output that an earlier run has for an item, and its time. */
  outputOf(item: Item): TimedOutput | undefined;
  keepOutput(item: Item, output: TimedOutput): Promise<void>;
  scores: KeptScores<Item>;
  /** Writes the rows of this run, in the order of the items. */
  saveItems(rows: readonly ItemRow[]): Promise<void>;
  saveResult(result: EvaluationResult): Promise<void>;
}

/** Requests of a run, and the model that is asked. */
export interface EvaluationRun<Item extends { id: string }> {
  model: LanguageModel;
  benchmark: Benchmark<Item>;
  form: PromptForm;
  requested: readonly Requested<Item>[];
  /** Most items; undefined for all. */
  limit: number | undefined;
  sampling: Omit<AskOptions, 'signal'>;
}

/** Returns a folder that keeps nothing. */
export function noFolder<Item>(): EvaluationFolder<Item> {
  const nothing = async () => {};
  return {
    outputOf: () => undefined,
    keepOutput: nothing,
    scores: { find: () => undefined, add: nothing },
    saveItems: nothing,
    saveResult: nothing,
  };
}

/**
 * Opens the folder of an earlier run, or a new one: `outputs.jsonl`, every output by what decided it; `scores.jsonl`;
 * and of the last run `items.jsonl`, `results.json` and `manifest.json`.
 *
 * @param confirm makes sure, before each write, that no other process writes in the folder now, or throws.
 * @throws {TypeError} if the model has no identity.
 * @throws {ReadError} naming file and line, if a line of its files is no JSON object.
 */
export async function openEvaluationFolder<Item extends { id: string }>(
  folder: string,
  { model, benchmark, form, requested, limit, sampling }: EvaluationRun<Item>,
  confirm: () => Promise<void>,
): Promise<EvaluationFolder<Item>> {
  await mkdir(folder, { recursive: true });
  const { name, scorer } = benchmark;
  const asked = hashOf(requested.map(({ item, request }) => [item.id, request]));
  const config = {
    benchmark: name,
    model: model.name,
    ...form,
    ...sampling,
    limit: limit ?? null,
    asked,
    data: hashOf(requested.map(({ item }) => item)),
    scorer: scorer ?? null,
  };
  const given = { model, config, seed: sampling.seed };
  const manifest = await keepManifest(join(folder, 'manifest.json'), given, confirm);
  const keys = new Map(
    requested.map(each => [each.item.id, outputKey({ model, run: manifest.run }, each, sampling)]),
  );
  const items = Array.from(keys, ([id, key]) => ({ id, key }));
  const outputs = await openOutputs(join(folder, 'outputs.jsonl'), items, confirm);
  const scores = await openScores(join(folder, 'scores.jsonl'), benchmark, sampling.promptFormat, confirm);
  await manifest.save();
  return {
    outputOf: item => {
      const row = outputs.found.get(itemName(item));
      if (row === undefined) return undefined;
      const { id: _, key: __, ...output } = row;
      return output;
    },
    keepOutput: (item, { error: _, ...output }) =>
      outputs.add({ id: item.id, key: keys.get(item.id) ?? '', ...output }),
    scores,
    async saveItems(rows) {
      await confirm();
      await writeFileAtomic(join(folder, 'items.jsonl'), rows.map(lineOf).join(''));
    },
    async saveResult(result) {
      await confirm();
      const text = `${JSON.stringify(harnessResults(result), null, 2)}\n`;
      await writeFileAtomic(join(folder, 'results.json'), text);
      await manifest.save();
    },
  };
}
