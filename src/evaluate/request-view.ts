import { withDisplay } from '../notebook/index.ts';
import { escapeHtml } from '../text/index.ts';
import {
  type Benchmark,
  buildRequest,
  type GenerateRequest,
  type LoglikelihoodRequest,
} from './benchmark.ts';
import { findPromptFormat, type PromptFormat } from './prompt-format.ts';

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
  const views = benchmarks.flatMap(benchmark => {
    const [item] = benchmark.items;
    if (item === undefined) return [];
    const shots = findPromptFormat(promptFormat).showsExamples ? benchmark.shots : 0;
    return [{ benchmark: benchmark.name, shots, request: buildRequest(benchmark, item, promptFormat) }];
  });
  const text = () => views.map(view => `${headOf(view)}\n\n${sentText(view)}`).join('\n\n');
  const html = () => views.map(htmlOf).join('\n');
  return withDisplay(views, () => ({ 'text/html': html(), 'text/plain': text() }), text);
}

/** Returns the prompt, or all turns where there are several. */
function sentText({ request: { prompt, history = [] } }: RequestView): string {
  if (history.length === 0) return prompt;
  const turns = [...history, { role: 'user', content: prompt }];
  return turns.map(({ role, content }) => `[${role}]\n${content}`).join('\n\n');
}

function headOf({ benchmark, shots, request }: RequestView): string {
  const { prompt, history = [] } = request;
  const length = history.reduce((sum, { content }) => sum + content.length, prompt.length);
  const parts = [`${benchmark}, ${shots} shots: ${length} characters`];
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
  const prompt = escapeHtml(sentText(view));
  return `<details><summary>${escapeHtml(headOf(view))}</summary><pre style="white-space:pre-wrap;overflow-wrap:anywhere">${prompt}</pre></details>`;
}
