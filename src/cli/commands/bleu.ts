import { defineCommand } from '../declare/command.ts';
import { PREDICTIONS, REFERENCES } from './shared.ts';

/** `imitation-lab bleu`: the mean BLEU of pairs of texts. */
export const bleuCommand = defineCommand({
  name: 'bleu',
  summary: 'score texts against references by BLEU, each as sacrebleu scores a sentence',
  group: 'Measure texts:',
  arguments: {},
  options: {
    predictions: PREDICTIONS,
    references: REFERENCES,
    json: { type: 'boolean', description: 'print JSON: {n, bleu}, the mean over the pairs in percent' },
  },
  examples: ['imitation-lab bleu --predictions translations.txt --references references.txt'],
});
