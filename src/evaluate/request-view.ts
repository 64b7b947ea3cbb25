import { withDisplay } from '../notebook/index.ts';
import { escapeHtml } from '../text/index.ts';
import type { Benchmark, GenerateRequest, LoglikelihoodRequest, PromptFormat } from './benchmark.ts';

/** Request of a benchmark for one item, to be read: in a notebook folded, in a terminal in full. */
export interface RequestView {
  benchmark: string;
  shots: number;
  /** The request, exactly as it is sent; a model's role tokens come around it in a chat. */
  request: GenerateRequest | LoglikelihoodRequest;
}

/**
 * Shows what benchmarks ask of their first items, exactly as it is sent.
 *
 * @example
 * // Needs public records.
 * requestView([await gsm8k(), await mmlu()])
 */
export function requestView(
  benchmarks: readonly Benchmark[],
  promptFormat: PromptFormat = 'raw',
): RequestView[] {
  const views = benchmarks.flatMap(({ name, shots, items: [item], buildPrompt }) =>
    item ? [{ benchmark: name, shots, request: buildPrompt(item, promptFormat) }] : [],
  );
  const text = () => views.map(view => `${headOf(view)}\n\n${view.request.prompt}`).join('\n\n');
  const html = () => views.map(htmlOf).join('\n');
  return withDisplay(views, () => ({ 'text/html': html(), 'text/plain': text() }), text);
}

function headOf({ benchmark, shots, request }: RequestView): string {
  const parts = [`${benchmark}, ${shots} shots: ${request.prompt.length} characters`];
  if ('continuations' in request) parts.push(`the likeliest of ${listOf(request.continuations)}`);
  else {
    parts.push(`at most ${request.maxTokens ?? 256} tokens`);
    if (request.stop !== undefined) parts.push(`up to ${listOf(request.stop)}`);
  }
  return parts.join(', ');
}

function listOf(texts: readonly string[]): string {
  return texts.map(text => JSON.stringify(text)).join(' ');
}

function htmlOf(view: RequestView): string {
  const prompt = escapeHtml(view.request.prompt);
  return `<details><summary>${escapeHtml(headOf(view))}</summary><pre style="white-space:pre-wrap;overflow-wrap:anywhere">${prompt}</pre></details>`;
}
