import { TOKENIZER_NAMES } from '../../schema.ts';
import { sharedOption } from '../declare/schema.ts';

/** Options of each command that shows progress. */
export const QUIET = { type: 'boolean', description: 'print no progress' } as const;

/** Options of a command that asks a model, besides which model it is. */
export const SERVER_OPTIONS = {
  modelName: sharedOption('modelName', { type: 'string', group: 'Model:' }),
  apiKeyEnv: sharedOption('apiKeyEnv', { type: 'string', group: 'Model:' }),
  maxTotalTokens: sharedOption('maxTotalTokens', { type: 'integer', group: 'Model:' }),
  timeout: sharedOption('timeout', { type: 'number', group: 'Model:' }),
  cache: sharedOption('cache', { type: 'string', group: 'Model:' }),
  extra: sharedOption('extra', { type: 'object', group: 'Model:' }),
  headers: sharedOption('headers', {
    type: 'object',
    additionalProperties: { type: 'string' },
    group: 'Model:',
  }),
  concurrency: sharedOption('concurrency', { type: 'integer', group: 'Model:' }),
} as const;

/** Options of a command that asks a model. */
export const MODEL_OPTIONS = {
  model: sharedOption('model', { type: 'string', group: 'Model:' }),
  adapter: sharedOption('adapter', { type: 'string', group: 'Model:' }),
  ...SERVER_OPTIONS,
} as const;

/** Price of a server's tokens, of a command that records what it asks for. */
export const PRICE = sharedOption('price', {
  type: 'object',
  additionalProperties: { type: 'number', minimum: 0 },
  group: 'Model:',
});

/** Seed of a command that samples or resamples. */
export const SEED = {
  type: 'integer',
  minimum: 0,
  maximum: 4294967295,
  default: 0,
  description: 'seed of everything that is random',
} as const;

/** Threads of a search. */
export const THREADS = {
  type: 'integer',
  minimum: 1,
  description: 'threads to search with (default: one for each core)',
} as const;

/** Files of queries. */
export const QUERIES = {
  type: 'array',
  items: { type: 'string', kind: 'source' },
  required: true,
  description:
    'JSON Lines, JSON, CSV or Parquet with a query a row, dialogues, one query a line, or the name of a record or set',
} as const;

/** Key or column of the query in a file of queries. */
export const QUERY_FIELD = {
  type: 'string',
  kind: 'name',
  description: 'key or column of the query (default: text, prompt, instruction or question)',
} as const;

/** Meaning of a table's columns. */
export const COLUMNS = {
  type: 'string',
  placeholder: 'part=name,...',
  description:
    'meaning of a table’s columns: prompt=NAME, models=NAME,NAME, teacher=NAME, reference=NAME; or a JSON object of these',
} as const;

/** Tokenizer of a measure that counts tokens. */
export const TOKENIZER = {
  type: 'string',
  enum: TOKENIZER_NAMES,
  description:
    'tokens that are counted: sacrebleu’s 13a, zh (Chinese characters), intl or char; or script, which is 13a except in scripts without spaces',
} as const;

/** Texts that are scored. */
export const PREDICTIONS = {
  type: 'string',
  kind: 'source',
  required: true,
  description: 'one text a line',
} as const;

/** Texts that they are scored against. */
export const REFERENCES = {
  type: 'string',
  kind: 'source',
  required: true,
  description: 'one text a line, in the same order',
} as const;
