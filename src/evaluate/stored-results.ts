import type { Price } from '../chat/index.ts';
import {
  anything,
  type Guard,
  list,
  literal,
  nullable,
  number,
  object,
  optional,
  record,
  string,
} from '../runs/index.ts';
import { type ChatMessage, FAILURE_KINDS, type ToolCall } from '../schema.ts';
import type { ItemRow } from './item-row.ts';
import type { PromptForm } from './prompt-form.ts';
import { PROMPT_FORMATS } from './prompt-format.ts';

type Format = PromptForm['promptFormat'];

const FORMAT = literal<Format>(...PROMPT_FORMATS.map(({ name }) => name), 'recorded');

/** Settings in `results.json`; before 0.2, model and format alone. */
interface StoredConfig extends Pick<PromptForm, 'promptFormat' | 'promptDigest' | 'templateDigest'> {
  model: string;
  data?: string;
  parameters?: number;
  price?: Price;
}

/** Content of `results.json`, in the form of lm-evaluation-harness. */
export interface StoredResults {
  results: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  versions?: Readonly<Record<string, string>>;
  'n-shot': Readonly<Record<string, number>>;
  'n-samples': Readonly<Record<string, { effective: number }>>;
  config: StoredConfig;
}

export const STORED_RESULTS: Guard<StoredResults> = object<StoredResults>(
  {
    results: record(record(anything)),
    versions: optional(record(string)),
    'n-shot': record(number),
    'n-samples': record(object<{ effective: number }>({ effective: number }, { open: true })),
    config: object<StoredConfig>(
      {
        model: string,
        promptFormat: FORMAT,
        promptDigest: optional(string),
        templateDigest: optional(string),
        data: optional(string),
        parameters: optional(number),
        price: optional(object<Price>({ input: number, output: number }, { open: true })),
      },
      { open: true },
    ),
  },
  { open: true },
);

/** Parts of `manifest.json` that decide whether two results compare. */
export interface StoredManifest {
  config: { data?: string; scorer?: string | null };
}

export const STORED_MANIFEST: Guard<StoredManifest> = object<StoredManifest>(
  {
    config: object<StoredManifest['config']>(
      { data: optional(string), scorer: optional(nullable(string)) },
      { open: true },
    ),
  },
  { open: true },
);

/** Row of `items.jsonl`; before 0.2 it states no format. */
export type StoredRow = Omit<ItemRow, 'promptFormat'> & { promptFormat?: Format };

const TOOL_CALL = object<ToolCall>({ id: optional(string), name: string, arguments: string }, { open: true });

const MESSAGE = object<ChatMessage>(
  {
    role: literal('system', 'user', 'assistant', 'tool'),
    content: string,
    reasoning: optional(string),
    toolCalls: optional(list(TOOL_CALL)),
  },
  { open: true },
);

export const STORED_ROW: Guard<StoredRow> = object<StoredRow>(
  {
    id: string,
    prompt: string,
    history: optional(list(MESSAGE)),
    promptFormat: optional(FORMAT),
    promptDigest: optional(string),
    continuations: optional(list(string)),
    text: optional(nullable(string)),
    reasoning: optional(string),
    logprobs: optional(nullable(list(number))),
    scoring: optional(literal('sequence', 'next-token')),
    missingLogprob: optional(number),
    tokens: optional(number),
    finish: optional(string),
    scores: record(nullable(number)),
    reason: optional(string),
    failure: optional(literal(...FAILURE_KINDS)),
    latency: nullable(number),
    batch: optional(number),
    at: string,
  },
  { open: true },
);
