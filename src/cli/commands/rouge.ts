import { defineCommand } from '../declare/command.ts';
import { PREDICTIONS, REFERENCES, TOKENIZER } from './shared.ts';

/** `imitation-lab rouge`: the mean ROUGE of pairs of texts. */
export const rougeCommand = defineCommand({
  name: 'rouge',
  summary: 'score texts against references by ROUGE-1, ROUGE-2 and ROUGE-L (F1), as rouge_score does',
  group: 'Measure texts:',
  arguments: {},
  options: {
    predictions: PREDICTIONS,
    references: REFERENCES,
    tokenizer: { ...TOKENIZER, description: `${TOKENIZER.description} (default: words of a–z and 0–9)` },
    stem: { type: 'boolean', description: 'compare the stems of words (Porter)' },
    json: {
      type: 'boolean',
      description: 'print JSON: {n, rouge1, rouge2, rougeL}, means of the pairs’ F1 in percent',
    },
  },
  examples: ['imitation-lab rouge --predictions summaries.txt --references highlights.txt --stem'],
});
