import { Command } from 'commander';
import { loadPairs, type PairFlags } from './load-pairs.ts';

interface RougeFlags extends PairFlags {
  stem?: boolean;
  json?: boolean;
}

/** `imitation-lab rouge`: the mean ROUGE of pairs of texts. */
export function rougeCommand(): Command {
  return new Command('rouge')
    .description('score texts against references by ROUGE-1, ROUGE-2 and ROUGE-L (F1), as rouge_score does')
    .requiredOption('--predictions <file>', 'one text a line')
    .requiredOption('--references <file>', 'one text a line, in the same order')
    .option('--stem', 'compare the stems of words (Porter)')
    .option('--json', 'print JSON: {n, rouge1, rouge2, rougeL}, means of the pairs’ F1 in percent')
    .action(async (flags: RougeFlags) => {
      const { mean } = await import('../stats/index.ts');
      const { rouge } = await import('../text/index.ts');
      const pairs = await loadPairs(flags);
      const { stem = false } = flags;
      const scores = pairs.map(({ prediction, reference }) => rouge(prediction, reference, { stem }));
      const percent = (measure: 'rouge1' | 'rouge2' | 'rougeL') =>
        mean(scores.map(score => 100 * score[measure].f1));
      const means = { rouge1: percent('rouge1'), rouge2: percent('rouge2'), rougeL: percent('rougeL') };
      if (flags.json) console.log(JSON.stringify({ n: pairs.length, ...means }));
      else {
        const [one, two, l] = Object.values(means).map(value => value?.toFixed(2) ?? '–');
        console.log(
          `ROUGE-1 ${one} %, ROUGE-2 ${two} %, ROUGE-L ${l} %: mean F1 over n = ${pairs.length} pairs`,
        );
      }
    });
}
