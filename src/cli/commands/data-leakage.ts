import { defineCommand } from '../declare/command.ts';
import { QUERIES, QUERY_FIELD, QUIET, THREADS, TOKENIZER } from './shared.ts';

/** `imitation-lab data leakage`: drops test queries that are similar to a training query. */
export const dataLeakageCommand = defineCommand({
  name: 'data leakage',
  summary: 'drop test queries that are too similar to a training query',
  arguments: {},
  options: {
    test: QUERIES,
    training: { ...QUERIES, description: 'the same, of the training data' },
    limit: {
      type: 'number',
      minimum: 0,
      maximum: 100,
      placeholder: 'percent',
      description: 'BLEU above which a query is dropped (default: 20)',
    },
    field: QUERY_FIELD,
    tokenizer: { ...TOKENIZER, default: 'script' },
    threads: THREADS,
    out: { type: 'string', kind: 'file', description: 'file to write the kept rows to, as JSON Lines' },
    quiet: QUIET,
    json: {
      type: 'boolean',
      description:
        'print JSON: {n, kept, dropped: [{index, nearest, bleu}]}; indices from 0, BLEU in percent',
    },
  },
  examples: ['imitation-lab data leakage --test test.jsonl --training dialogues.jsonl --out kept.jsonl'],
});
