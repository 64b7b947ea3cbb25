import type { SourceContent } from '../../readers/index.ts';
import type { inspectCommand } from '../commands/inspect.ts';
import type { InputOf } from '../declare/command.ts';
import { printJson } from './progress.ts';
import { readingOptions } from './reading-options.ts';

/** Prints what is understood of a file, and its first prompts with their answers. */
export async function run({ file, show, json, ...reading }: InputOf<typeof inspectCommand>): Promise<void> {
  const { loadSource } = await import('../../data/index.ts');
  const { describeSource } = await import('../../readers/index.ts');
  const content = await loadSource(file, await readingOptions(reading));
  const { report, name } = content;
  if (json) return printJson(report);
  console.log(describeSource(name, report));
  for (const model of report.models) console.log(await modelLine(model, content));
  if (report.skipped.length > 0) console.log('\nSkipped:');
  for (const { at, reason } of report.skipped) console.log(`  ${at}: ${reason}`);
  for (const text of shownPrompts(content, show)) console.log(`\n${text}`);
}

/** Describes the answers of one model: how many, and their length. */
async function modelLine(model: string, { generations }: SourceContent): Promise<string> {
  const { quantile } = await import('../../stats/index.ts');
  const { splitWords } = await import('../../text/index.ts');
  const texts = generations.flatMap(({ model: own, text }) => (own === model && text !== null ? [text] : []));
  const words = texts.map(text => splitWords(text).length);
  const median = quantile(words, 0.5);
  const length = median === null ? '' : `, median length in words: ${Math.round(median)}`;
  return `  ${model}: ${texts.length} ${texts.length === 1 ? 'answer' : 'answers'}${length}`;
}

/** Formats the first prompts, each with its answers. */
function shownPrompts({ prompts, generations }: SourceContent, count: number): string[] {
  const texts = new Map(prompts.map(({ id, text }) => [id, text]));
  const ids = [...new Set([...texts.keys(), ...generations.map(({ promptId }) => promptId)])];
  return ids.slice(0, count).map(id => {
    const own = generations.filter(({ promptId }) => promptId === id);
    const answers = own.map(
      ({ model, text, error }) => `[${model}]\n${text ?? `(${error?.message ?? 'no answer'})`}`,
    );
    return [id, `[prompt]\n${texts.get(id) ?? '(not in the file)'}`, ...answers].join('\n\n');
  });
}
