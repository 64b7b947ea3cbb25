import type { Price } from '../chat/index.ts';
import { withDisplay } from '../notebook/index.ts';
import { htmlTable } from '../text/index.ts';
import type { ItemRow } from './item-row.ts';
import type { PromptForm } from './prompt-form.ts';
import type { MetricSummary } from './summarize.ts';

/** Result of an evaluation. It shows itself as a table in a notebook. */
export interface EvaluationResult extends PromptForm {
  benchmark: string;
  model: string;
  /** Hash of the items with their references. */
  data?: string;
  /** Number of the model's weights, and price of its tokens, where they are known. */
  parameters?: number;
  price?: Price;
  metrics: MetricSummary[];
  items: ItemRow[];
  /** Formats the metrics in lines to read. */
  text(): string;
}

/** Makes the result of a run, which a notebook shows as a table of its metrics. */
export function evaluationResult(
  run: Omit<EvaluationResult, 'metrics' | 'items' | 'text'>,
  items: ItemRow[],
  metrics: MetricSummary[],
): EvaluationResult {
  const { data: _, parameters: __, price: ___, ...stated } = run;
  const rows = metrics.map(metric => ({ ...stated, ...metric }));
  const listed = items.filter(({ scoring }) => scoring === 'next-token').length;
  const note = `${run.benchmark}: ${listed} of ${items.length} items by the server's most likely next tokens alone`;
  const text = () => [...rows.map(lineOf), ...(listed > 0 ? [note] : [])].join('\n');
  const shown = rows.map(row => ({
    ...row,
    value: print(row.value),
    low: print(row.low),
    high: print(row.high),
  }));
  const result: EvaluationResult = { ...run, metrics, items, text };
  // Not part of the result's JSON.
  Object.defineProperty(result, 'text', { enumerable: false });
  return withDisplay(result, () => ({
    'text/html': htmlTable(shown),
    'text/plain': text(),
  }));
}

function lineOf({
  benchmark,
  model,
  promptFormat,
  shots,
  metric,
  value,
  low,
  high,
  n,
  unscored,
}: MetricSummary & PromptForm & { benchmark: string; model: string }): string {
  const left = unscored > 0 ? `, ${unscored} unscored` : '';
  const form = `${promptFormat}, ${shots} shots`;
  return `${benchmark} ${metric} of ${model}: ${print(value)} [${print(low)}, ${print(high)}], n = ${n}${left} (${form})`;
}

function print(number: number | null): string {
  return number?.toFixed(4) ?? '–';
}

/** Formats a result as lm-evaluation-harness writes its own: `results.NAME["METRIC,none"]`. */
export function harnessResults({
  benchmark,
  shots,
  model,
  promptFormat,
  version,
  promptDigest,
  templateDigest,
  data,
  parameters,
  price,
  metrics,
  items,
}: EvaluationResult): object {
  const listed = items.some(({ scoring }) => scoring === 'next-token');
  const values = metrics.flatMap(({ metric, value, low, high, unscored }) => [
    [`${metric},none`, value],
    [`${metric}_low,none`, low],
    [`${metric}_high,none`, high],
    [`${metric}_unscored,none`, unscored],
  ]);
  return {
    results: { [benchmark]: { alias: benchmark, ...Object.fromEntries(values) } },
    ...(version !== undefined && { versions: { [benchmark]: version } }),
    'n-shot': { [benchmark]: shots },
    'n-samples': { [benchmark]: { effective: items.length } },
    config: {
      model,
      promptFormat,
      promptDigest,
      templateDigest,
      data,
      parameters,
      price,
      ...(listed && { scoring: 'next-token' }),
    },
  };
}
