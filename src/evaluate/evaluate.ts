import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import pLimit from 'p-limit';
import type { LanguageModel } from '../chat/index.ts';
import { readIfExists, writeFileAtomic } from '../files/index.ts';
import { runningSignal } from '../notebook/index.ts';
import { keepManifest, type OnProgress, requireSameSettings } from '../runs/index.ts';
import {
  type Benchmark,
  type GenerateRequest,
  type LoglikelihoodRequest,
  type PromptFormat,
  type Scores,
  Unscored,
} from './benchmark.ts';
import { type EvaluationResult, evaluationResult, harnessResults } from './evaluation-result.ts';
import { type ItemLog, type ItemRow, noLog, openItemLog } from './item-log.ts';
import { type Answered, outputsOf, type Requested } from './outputs-of.ts';
import { summarize } from './summarize.ts';

/** Options of {@link evaluate}. */
export interface EvaluateOptions {
  /** Most items, the first ones; default all. A run in a folder can be continued with a larger one. */
  limit?: number | undefined;
  /** `chat` puts every prompt inside the model's role tokens, as imitation models are asked; default `raw`. */
  promptFormat?: PromptFormat | undefined;
  /** Folder of the run: `items.jsonl`, `results.json`, `manifest.json`. The same call resumes there. */
  folder?: string | undefined;
  /** Divides the logits before sampling; default 0, the most likely token each time. */
  temperature?: number | undefined;
  /** Seed of sampling and of the bootstrap; default 0. */
  seed?: number | undefined;
  /** Stops everything; default the signal of the notebook cell that is running. */
  signal?: AbortSignal | undefined;
  /** Receives the number of items done, of all. */
  onProgress?: OnProgress | undefined;
}

/**
 * Runs a model through a benchmark. A failed call is a row without a score, never a score of 0; with a folder it is
 * asked again by the next run, and nothing that was answered is; an output that could not be scored is scored again.
 *
 * @throws {Error} if the folder holds a run of other prompts, model or settings, naming the first that differs; if
 *   the benchmark needs log-likelihoods and the model reports none.
 * @throws what the benchmark's `score` throws, except {@link Unscored}.
 * @throws the signal's reason, once it is aborted.
 * @example
 * // Needs public records.
 * const model = await localModel('runs/first/model')
 * const result = await evaluate(model, await naturalQuestions({ shots: 3 }), { limit: 2 })
 * result.metrics.map(({ metric, n }) => `${metric}: ${n}`) // ['exact_match: 2']
 */
export async function evaluate<Item extends { id: string }>(
  model: LanguageModel,
  benchmark: Benchmark<Item>,
  options: EvaluateOptions = {},
): Promise<EvaluationResult> {
  const { promptFormat = 'raw', folder, temperature = 0, seed = 0, onProgress } = options;
  const signal = options.signal ?? runningSignal();
  const items = benchmark.items.slice(0, options.limit);
  const requested = items.map(item => ({ item, request: benchmark.buildPrompt(item, promptFormat) }));
  const { name, shots } = benchmark;
  const settings = { benchmark: name, shots, model: model.name, promptFormat, temperature, seed };
  const path = folder === undefined ? undefined : join(folder, 'manifest.json');
  const manifest = path && (await readIfExists(path));
  if (manifest !== undefined) {
    // How many items are asked may change: what was answered counts all the same.
    const { limit: _, asked: __, data: ___, ...before } = JSON.parse(manifest).config ?? {};
    requireSameSettings(`the run of ${path}`, before, settings);
  }
  const asked = hashOf(requested.map(({ item, request }) => [item.id, request]));
  const config = { ...settings, limit: options.limit ?? null, asked, data: hashOf(items) };
  const saveManifest = path === undefined ? async () => {} : await keepManifest(path, { config, seed });
  const log = folder === undefined ? noLog() : await openItemLog(join(folder, 'items.jsonl'));
  for (const { item, request } of requested)
    requireSameRequest(log.found.get(item.id) ?? log.failed.get(item.id), request);
  await saveManifest();

  const left = requested.filter(({ item }) => !log.found.has(item.id));
  const rows = new Map(log.found);
  const report = () =>
    onProgress?.({ task: `evaluate ${name}`, done: rows.size, total: items.length, unit: 'items' });
  report();
  // Scores may run programs; each core runs one at a time.
  const limit = pLimit(availableParallelism());
  const scored: Promise<void>[] = [];
  // A score that throws ends the run at once, though answers are still on their way.
  const failure = new AbortController();
  const score = ({ item, request, ...output }: Answered<Item>) => {
    const done = limit(async () => {
      const row = await rowOf(benchmark, item, promptFormat, { ...request, ...output });
      await log.add(row);
      rows.set(row.id, row);
      report();
    });
    done.catch(error => failure.abort(error));
    scored.push(done);
  };
  const either = signal ? AbortSignal.any([signal, failure.signal]) : failure.signal;
  const [given, unasked] = answeredBefore(left, log);
  for (const output of given) score(output);
  for await (const output of outputsOf(model, unasked, { promptFormat, temperature, seed, signal: either }))
    score(output);
  await Promise.all(scored);
  await saveManifest();
  const ordered = items.flatMap(({ id }) => rows.get(id) ?? []);
  const result = evaluationResult(
    { benchmark: name, shots, model: model.name, promptFormat },
    ordered,
    summarize(ordered, seed, benchmark.percents),
  );
  if (folder !== undefined)
    await writeFileAtomic(
      join(folder, 'results.json'),
      `${JSON.stringify(harnessResults(result), null, 2)}\n`,
    );
  return result;
}

/** Computes the SHA-256 of values as JSON has them: which prompts were asked, about which data. */
function hashOf(values: readonly unknown[]): string {
  const text = JSON.stringify(values, (_, value) => (typeof value === 'bigint' ? `${value}` : value));
  return createHash('sha256').update(text).digest('hex');
}

/** @throws {Error} if an item was asked in other words in an earlier run. */
function requireSameRequest(row: ItemRow | undefined, request: GenerateRequest | LoglikelihoodRequest): void {
  if (row === undefined) return;
  const before: Readonly<Record<string, unknown>> = { ...row };
  const now: Readonly<Record<string, unknown>> = { ...request };
  const other = REQUEST_FIELDS.find(field => JSON.stringify(before[field]) !== JSON.stringify(now[field]));
  if (other !== undefined)
    throw new Error(`the run asked item ${row.id} with another ${other}: use another folder or delete it`);
}

const REQUEST_FIELDS = ['prompt', 'continuations', 'maxTokens', 'stop'];

/** Splits items without a score into those whose outputs an earlier run has, and those that are to be asked. */
function answeredBefore<Item extends { id: string }>(
  requested: readonly Requested<Item>[],
  { failed }: ItemLog,
): [Answered<Item>[], Requested<Item>[]] {
  const given: Answered<Item>[] = [];
  const unasked: Requested<Item>[] = [];
  for (const each of requested) {
    const before = failed.get(each.item.id);
    const { text, logprobs, scoring, tokens, finish, latency = null, batch } = before ?? {};
    if (text == null && logprobs == null) unasked.push(each);
    else
      given.push({
        ...each,
        latency,
        ...(batch !== undefined && { batch }),
        ...(text != null && { text }),
        ...(logprobs != null && { logprobs: [...logprobs] }),
        ...(scoring !== undefined && { scoring }),
        ...(tokens !== undefined && { tokens }),
        ...(finish !== undefined && { finish }),
      });
  }
  return [given, unasked];
}

/** Makes the row of an item, scored. What failed keeps its reason, and no metric has a value. */
async function rowOf<Item extends { id: string }>(
  { score }: Benchmark<Item>,
  item: Item,
  promptFormat: PromptFormat,
  { error, ...output }: Omit<ItemRow, 'id' | 'scores' | 'reason' | 'at'> & { error?: string },
): Promise<ItemRow> {
  const row = { id: item.id, ...output, at: new Date().toISOString() };
  const { text, logprobs } = output;
  if (text === null || logprobs === null)
    return { ...row, scores: {}, reason: error ?? 'the model gave nothing' };
  try {
    const scores: Scores = await score(item, { text: text ?? '', logprobs: logprobs ?? [] }, promptFormat);
    return { ...row, scores };
  } catch (error) {
    if (error instanceof Unscored) return { ...row, scores: {}, reason: error.message };
    throw error;
  }
}
