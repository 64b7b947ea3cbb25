import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseJsonl } from '../readers/index.ts';
import { accepts, loadJson } from '../runs/index.ts';
import { type EvaluationResult, evaluationResult } from './evaluation-result.ts';
import type { ItemRow } from './item-row.ts';
import type { PromptForm } from './prompt-form.ts';
import { STORED_MANIFEST, STORED_RESULTS, STORED_ROW, type StoredResults } from './stored-results.ts';
import type { MetricSummary } from './summarize.ts';

/**
 * Loads the result of an evaluation from its folder, with the row of each item.
 *
 * Results before 0.2 state `raw` or `chat`, and no digest: their chats had the examples in the user's turn.
 *
 * @throws {Error} naming the file that is missing or that no evaluation writes; or if `results.json` and `items.jsonl`
 *   are of two runs, as where the second was stopped.
 * @example
 * // Given student.
 * const items = [{ id: '1', question: 'Where is the Louvre?', answers: ['Paris'] }];
 * const nq = await naturalQuestions({ items });
 * await evaluate(student, nq, { folder: 'runs/nq' });
 * (await loadEvaluation('runs/nq')).promptFormat // 'raw'
 */
export async function loadEvaluation(folder: string): Promise<EvaluationResult> {
  const path = join(folder, 'results.json');
  const stored = await loadJson(path, 'the results of an evaluation', STORED_RESULTS);
  if (stored === undefined)
    throw new Error(`Cannot load the evaluation in ${folder}: results.json is required, found none`);
  const [benchmark, ...others] = Object.keys(stored.results);
  if (benchmark === undefined || others.length > 0)
    throw new Error(
      `Cannot read ${path}: results of one benchmark are required, found ${Object.keys(stored.results).length}`,
    );
  const manifest = await loadJson(join(folder, 'manifest.json'), 'a manifest', STORED_MANIFEST);
  const form = formOf(stored, benchmark, manifest?.config.scorer ?? undefined);
  const items = await loadRows(join(folder, 'items.jsonl'), form);
  const ran = stored['n-samples'][benchmark]?.effective;
  if (ran !== items.length)
    throw new Error(
      `Cannot load the evaluation in ${folder}: results.json and items.jsonl must be of one run, found ${ran} and ${items.length} items; re-run evaluate there`,
    );
  const { model, data = manifest?.config.data, parameters, price } = stored.config;
  const run = {
    benchmark,
    model,
    ...form,
    ...(data !== undefined && { data }),
    ...(parameters !== undefined && { parameters }),
    ...(price !== undefined && { price }),
  };
  return evaluationResult(run, items, metricsOf(stored.results[benchmark] ?? {}, items));
}

function formOf(
  { config, versions, 'n-shot': counts }: StoredResults,
  benchmark: string,
  scorer: string | undefined,
): PromptForm {
  const { promptFormat, promptDigest, templateDigest } = config;
  const shots = counts[benchmark] ?? 0;
  const isOldChat = promptDigest === undefined && promptFormat === 'chat';
  return {
    promptFormat: isOldChat && shots > 0 ? 'chat-few-shot' : promptFormat,
    shots,
    version: versions?.[benchmark] ?? (scorer === undefined ? '1' : `1, ${scorer}`),
    ...(promptDigest !== undefined && { promptDigest }),
    ...(templateDigest !== undefined && { templateDigest }),
  };
}

async function loadRows(path: string, { promptFormat }: PromptForm): Promise<ItemRow[]> {
  const rows = parseJsonl(await readFile(path, 'utf8'), path);
  return rows.map(({ at, value }) => {
    if (accepts(STORED_ROW, value)) return { ...value, promptFormat };
    throw new Error(`Cannot read ${at}: ${STORED_ROW.problem(value, 'the row')}`);
  });
}

/** Reads the metrics, which `results.json` holds as `METRIC,none` with `METRIC_low,none` and others beside it. */
function metricsOf(stored: Readonly<Record<string, unknown>>, items: readonly ItemRow[]): MetricSummary[] {
  const metrics = [...new Set(items.flatMap(({ scores }) => Object.keys(scores)))];
  const numberAt = (name: string) => {
    const value = stored[`${name},none`];
    return typeof value === 'number' ? value : null;
  };
  return metrics.map(metric => {
    const n = items.filter(({ scores }) => typeof scores[metric] === 'number').length;
    const interval = { low: numberAt(`${metric}_low`), high: numberAt(`${metric}_high`) };
    return { metric, value: numberAt(metric), ...interval, n, unscored: items.length - n };
  });
}
