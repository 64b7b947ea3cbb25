import { defineCommand } from '../declare/command.ts';
import { PREDICTIONS, REFERENCES, TOKENIZER } from './shared.ts';

/** `imitation-lab bleu`: the mean BLEU of pairs of texts. */
export const bleuCommand = defineCommand({
  name: 'bleu',
  summary: 'score texts against references by BLEU, each as sacrebleu scores a sentence',
  group: 'Measure texts:',
  arguments: {},
  options: {
    predictions: PREDICTIONS,
    references: REFERENCES,
    tokenizer: { ...TOKENIZER, default: '13a' },
    json: { type: 'boolean', description: 'print JSON: {n, bleu}, the mean over the pairs in percent' },
  },
  examples: [
    'imitation-lab bleu --predictions translations.txt --references references.txt',
    'imitation-lab bleu --predictions zh.txt --references references.zh.txt --tokenizer zh',
  ],
});
