import { Command } from 'commander';
import { loadPairs, type PairFlags } from './load-pairs.ts';

/** `imitation-lab bleu`: the mean BLEU of pairs of texts. */
export function bleuCommand(): Command {
  return new Command('bleu')
    .description('score texts against references by BLEU, each as sacrebleu scores a sentence')
    .requiredOption('--predictions <file>', 'one text a line')
    .requiredOption('--references <file>', 'one text a line, in the same order')
    .option('--json', 'print JSON: {n, bleu}, the mean over the pairs in percent')
    .action(async (flags: PairFlags & { json?: boolean }) => {
      const { mean } = await import('../stats/index.ts');
      const { bleu } = await import('../text/index.ts');
      const pairs = await loadPairs(flags);
      const score = mean(pairs.map(({ prediction, reference }) => bleu(prediction, reference)));
      if (flags.json) console.log(JSON.stringify({ n: pairs.length, bleu: score }));
      else console.log(`BLEU ${score?.toFixed(2) ?? '–'} %, mean over n = ${pairs.length} pairs`);
    });
}
