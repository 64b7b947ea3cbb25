import type { LanguageModel } from '../chat/index.ts';
import { hashOf } from '../files/index.ts';
import { runningSignal } from '../notebook/index.ts';
import { folderLease, type Lease, type OnProgress, withLease } from '../runs/index.ts';
import { adaptSystem } from './adapt-system.ts';
import { type Benchmark, buildRequest } from './benchmark.ts';
import { noFolder, openEvaluationFolder } from './evaluation-folder.ts';
import { type EvaluationResult, evaluationResult } from './evaluation-result.ts';
import { outputsOf } from './outputs-of.ts';
import { promptForm } from './prompt-form.ts';
import type { PromptFormat } from './prompt-format.ts';
import { isAnswered, ScoreQueue } from './score-queue.ts';
import { summarize } from './summarize.ts';

/** Options of {@link evaluate}. */
export interface EvaluateOptions {
  /** Most items, the first ones; default all. A run in a folder can be continued with a larger one. */
  limit?: number | undefined;
  /**
   * Form of the prompts: plain text (`raw`, the default), or a chat by the model's own template with the question alone
   * (`chat`), with the examples in the user's turn (`chat-few-shot`, as the paper asks imitation models), or each as a
   * turn of the user and one of the assistant (`chat-multiturn`).
   */
  promptFormat?: PromptFormat | undefined;
  /**
   * Folder of `outputs.jsonl` and `scores.jsonl`, all that runs in it have asked for, and `items.jsonl`, `results.json`
   * and `manifest.json` of the last. The same call resumes there.
   */
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
 * asked again by the next run, and an output that could not be scored is scored again.
 *
 * A folder keeps each output by what decided it: the identity of the model, prompt and sampling settings. A run asks for
 * what is not there, whatever it changes, and scores what is: another reference or scorer asks nothing.
 *
 * @throws {RangeError} if the prompt format needs the examples apart, and the benchmark's prompt is one text.
 * @throws {Error} if another process evaluates in the folder; if the benchmark needs log-likelihoods and the model
 *   reports none, or a folder is to keep the outputs of a model without an identity.
 * @throws what the benchmark's `score` throws, except `Unscored`.
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
  const { folder, signal = runningSignal() } = options;
  const output = folder === undefined ? undefined : folderLease(folder);
  return withLease(output, { task: `evaluate ${benchmark.name}`, signal }, lease =>
    evaluateItems(model, benchmark, options, lease),
  );
}

async function evaluateItems<Item extends { id: string }>(
  model: LanguageModel,
  benchmark: Benchmark<Item>,
  options: EvaluateOptions,
  { signal, confirm }: Lease,
): Promise<EvaluationResult> {
  const { folder, limit, temperature = 0, seed = 0, onProgress } = options;
  const { name } = benchmark;
  const form = promptForm(model, benchmark, options.promptFormat);
  const { promptFormat } = form;
  const items = benchmark.items.slice(0, limit);
  const requested = items.map(item => {
    const request = buildRequest(benchmark, item, promptFormat);
    return { item, request: adaptSystem(model, request) };
  });
  const sampling = { promptFormat, temperature, seed };
  const kept =
    folder === undefined
      ? noFolder<Item>()
      : await openEvaluationFolder(folder, { model, benchmark, form, requested, limit, sampling }, confirm);
  const found = requested.map(each => ({ ...each, output: kept.outputOf(each.item) }));
  const unasked = found.filter(({ output }) => output === undefined);
  const report = () => {
    // Outputs of earlier runs count from the start, though they are scored meanwhile.
    const done = Math.max(queue.rows.size, found.length - unasked.length);
    onProgress?.({ task: `evaluate ${name}`, done, total: items.length, unit: 'items' });
  };
  const queue = new ScoreQueue<Item>({ benchmark, form, known: kept.scores, onRow: report });
  const rows = () => items.flatMap(({ id }) => queue.rows.get(id) ?? []);
  try {
    for (const { output, ...each } of found) if (output) queue.add({ ...each, ...output });
    report();
    const either = AbortSignal.any([signal, queue.failed]);
    const outputs = outputsOf(model, unasked, { ...sampling, signal: either });
    for await (const { item, request, ...output } of outputs) {
      const timed = { ...output, at: new Date().toISOString() };
      if (isAnswered(timed)) await kept.keepOutput(item, timed);
      queue.add({ item, request, ...timed });
    }
    await queue.finish();
  } finally {
    await queue.settle();
    await kept.saveItems(rows());
  }
  const scored = rows();
  const { parameters, price } = model;
  const result = evaluationResult(
    {
      benchmark: name,
      model: model.name,
      ...form,
      data: hashOf(items),
      ...(parameters !== undefined && { parameters }),
      ...(price !== undefined && { price }),
    },
    scored,
    summarize(scored, seed, benchmark.percents),
  );
  await kept.saveResult(result);
  return result;
}
