import type { rougeCommand } from '../commands/rouge.ts';
import type { InputOf } from '../declare/command.ts';
import { loadPairs } from './load-pairs.ts';
import { printJson } from './progress.ts';

/** Prints the mean ROUGE of pairs of texts. */
export async function run({ json, stem, tokenizer, ...files }: InputOf<typeof rougeCommand>): Promise<void> {
  const { mean } = await import('../../stats/index.ts');
  const { rouge, rougeNote } = await import('../../text/index.ts');
  const pairs = await loadPairs(files);
  const note = rougeNote(
    pairs.flatMap(({ prediction, reference }) => [prediction, reference]),
    tokenizer,
  );
  if (note !== undefined) console.error(note);
  const scores = pairs.map(({ prediction, reference }) => rouge(prediction, reference, { stem, tokenizer }));
  const percent = (measure: 'rouge1' | 'rouge2' | 'rougeL') =>
    mean(scores.map(score => 100 * score[measure].f1));
  const means = { rouge1: percent('rouge1'), rouge2: percent('rouge2'), rougeL: percent('rougeL') };
  if (json) return printJson({ n: pairs.length, ...means });
  const [one, two, l] = Object.values(means).map(value => value?.toFixed(2) ?? '–');
  console.log(`ROUGE-1 ${one} %, ROUGE-2 ${two} %, ROUGE-L ${l} %: mean F1 over n = ${pairs.length} pairs`);
}
