import { parsedJson } from './parsed-json.ts';

/** Part of an answer that a server sends as a stream. */
interface Chunk {
  choices?: { delta?: Fields; text?: unknown; finish_reason?: unknown }[];
  [name: string]: unknown;
}

type Fields = Record<string, unknown>;

/**
 * Reads what a server sends: JSON, or a stream of events whose pieces are joined to the completion that they make, for
 * servers that only stream.
 *
 * @returns undefined where it is neither, or a stream that was cut.
 */
export function readCompletion(text: string): unknown {
  if (!isStream(text)) return parsedJson(text);
  const data = text.split(/\r?\n/).flatMap(line => (line.startsWith('data:') ? [line.slice(5).trim()] : []));
  const chunks = data.filter(line => line !== '[DONE]').map(line => parsedJson(line));
  if (!chunks.every(isChunk)) return undefined;
  const completion = joined(chunks);
  return data.includes('[DONE]') || finishOf(completion) !== undefined ? completion : undefined;
}

/** Reports whether a text begins as a stream of events does: with a field, or a comment, as gateways send to wait. */
export function isStream(text: string): boolean {
  return /^\s*(data|event|id|retry)?:/.test(text);
}

function isChunk(value: unknown): value is Chunk {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Joins the pieces of the first choice; of other fields, such as the usage, the last counts. */
function joined(chunks: readonly Chunk[]) {
  const message: Fields = {};
  let [text, finish, spoken]: [string, unknown, boolean] = ['', undefined, false];
  const rest: Fields = {};
  for (const { choices = [], ...others } of chunks) {
    for (const [name, value] of Object.entries(others)) if (value != null) rest[name] = value;
    const [choice] = choices;
    if (!choice) continue;
    spoken ||= choice.delta !== undefined;
    append(message, choice.delta ?? {});
    if (typeof choice.text === 'string') text += choice.text;
    finish = choice.finish_reason ?? finish;
  }
  const answer = spoken ? { message } : { text };
  return {
    ...rest,
    choices: chunks.some(({ choices }) => choices?.length) ? [{ ...answer, finish_reason: finish }] : [],
  };
}

function append(message: Fields, delta: Fields): void {
  for (const [name, value] of Object.entries(delta)) {
    const before = message[name];
    if (name !== 'role' && typeof before === 'string' && typeof value === 'string')
      message[name] = before + value;
    else if (value !== null || before === undefined) message[name] = value;
  }
}

function finishOf({ choices: [choice] }: ReturnType<typeof joined>): unknown {
  return choice?.finish_reason ?? undefined;
}
