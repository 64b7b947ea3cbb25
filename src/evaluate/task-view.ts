import { withDisplay } from '../notebook/index.ts';
import { escapeHtml } from '../text/index.ts';
import type { Benchmark, ChooseTask, Form, WriteTask } from './benchmark.ts';

/** What a benchmark asks of one item, to be read: in a notebook folded, in a terminal in full. */
export interface TaskView {
  benchmark: string;
  shots: number;
  /** What is asked, exactly as it is sent; a model's turn tokens come around it in a chat. */
  task: WriteTask | ChooseTask;
}

/**
 * Shows what benchmarks ask of their first items, exactly as it is sent.
 *
 * @example
 * taskView([await gsm8k(), await mmlu()])
 */
export function taskView(benchmarks: readonly Benchmark[], form: Form = 'plain'): TaskView[] {
  const views = benchmarks.flatMap(({ name, shots, items: [item], ask }) =>
    item ? [{ benchmark: name, shots, task: ask(item, form) }] : [],
  );
  const text = () => views.map(view => `${headOf(view)}\n\n${view.task.prompt}`).join('\n\n');
  const html = () => views.map(htmlOf).join('\n');
  return withDisplay(views, () => ({ 'text/html': html(), 'text/plain': text() }), text);
}

function headOf({ benchmark, shots, task }: TaskView): string {
  const parts = [`${benchmark}, ${shots} shots: ${task.prompt.length} characters`];
  if ('continuations' in task) parts.push(`the likeliest of ${listOf(task.continuations)}`);
  else {
    parts.push(`at most ${task.maxTokens ?? 256} tokens`);
    if (task.stop !== undefined) parts.push(`up to ${listOf(task.stop)}`);
  }
  return parts.join(', ');
}

function listOf(texts: readonly string[]): string {
  return texts.map(text => JSON.stringify(text)).join(' ');
}

function htmlOf(view: TaskView): string {
  const prompt = escapeHtml(view.task.prompt);
  return `<details><summary>${escapeHtml(headOf(view))}</summary><pre style="white-space:pre-wrap;overflow-wrap:anywhere">${prompt}</pre></details>`;
}
