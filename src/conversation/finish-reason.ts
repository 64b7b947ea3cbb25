/** Reason why a model's message ended. */
export type FinishReason = 'stop' | 'length' | 'refusal' | 'filtered' | 'tool-calls' | 'error';

/** Names of reasons, in lower case with `_` between words, of OpenAI, Anthropic, Google, Cohere, Ollama and servers. */
const NAMES: Readonly<Record<FinishReason, readonly string[]>> = {
  stop: ['stop', 'end_turn', 'stop_sequence', 'eos', 'eos_token', 'word', 'complete', 'completed', 'end'],
  length: [
    'length',
    'max_tokens',
    'model_length',
    'max_output_tokens',
    'limit',
    'context_length',
    'incomplete',
  ],
  refusal: ['refusal'],
  filtered: [
    'filtered',
    'content_filter',
    'safety',
    'recitation',
    'prohibited_content',
    'blocklist',
    'spii',
    'error_toxic',
  ],
  'tool-calls': ['tool_calls', 'function_call', 'tool_use', 'tool_call'],
  error: ['error', 'abort', 'aborted', 'cancelled', 'failed'],
};

const REASONS = new Map(
  Object.entries(NAMES).flatMap(([reason, names]) => names.map((name): [string, string] => [name, reason])),
);

/** Reads a finish reason by any name in use; undefined where it is none, or is not known. */
export function readFinishReason(value: unknown): FinishReason | undefined {
  if (typeof value !== 'string') return undefined;
  const key = value
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
  const reason = REASONS.get(key);
  return isFinishReason(reason) ? reason : undefined;
}

function isFinishReason(reason: string | undefined): reason is FinishReason {
  return reason !== undefined && Object.hasOwn(NAMES, reason);
}
