import { defineCommand } from '../declare/command.ts';
import { QUERIES, QUERY_FIELD, QUIET, THREADS, TOKENIZER } from './shared.ts';

/** `imitation-lab data diversity`: the similarity of a set's queries. */
export const dataDiversityCommand = defineCommand({
  name: 'data diversity',
  summary: 'compute the mean over queries of the BLEU with the most similar other query',
  arguments: { files: QUERIES },
  options: {
    field: QUERY_FIELD,
    tokenizer: { ...TOKENIZER, default: 'script' },
    threads: THREADS,
    quiet: QUIET,
    json: { type: 'boolean', description: 'print JSON: {n, value}, the value in percent' },
  },
  examples: [
    'imitation-lab data diversity alpaca --field instruction',
    'imitation-lab data diversity sets/mix/dialogues.jsonl --json',
  ],
});
