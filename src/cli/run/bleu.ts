import type { bleuCommand } from '../commands/bleu.ts';
import type { InputOf } from '../declare/command.ts';
import { loadPairs } from './load-pairs.ts';
import { printJson } from './progress.ts';

/** Prints the mean BLEU of pairs of texts. */
export async function run({ json, tokenizer, ...files }: InputOf<typeof bleuCommand>): Promise<void> {
  const { mean } = await import('../../stats/index.ts');
  const { bleu } = await import('../../text/index.ts');
  const pairs = await loadPairs(files);
  const score = mean(pairs.map(({ prediction, reference }) => bleu(prediction, reference, { tokenizer })));
  if (json) printJson({ n: pairs.length, bleu: score });
  else console.log(`BLEU ${score?.toFixed(2) ?? '–'} %, mean over n = ${pairs.length} pairs`);
}
