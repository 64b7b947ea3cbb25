import type { ToolCall } from '../schema.ts';
import { MessageError } from './message-error.ts';

/** Content of a message, by kind. */
export interface Content {
  /** Null where there is none. */
  text: string | null;
  reasoning: string[];
  refusal?: string;
  toolCalls: ToolCall[];
}

type Part = Readonly<Record<string, unknown>>;

/** Adds a part of a kind to a content. */
const KINDS: Readonly<Record<string, (content: Content, part: Part) => void>> = {
  text: addText,
  input_text: addText,
  output_text: addText,
  refusal: (content, part) => {
    content.refusal = (content.refusal ?? '') + textIn(part.refusal);
  },
  thinking: addReasoning,
  reasoning: addReasoning,
  redacted_thinking: () => {},
  tool_use: (content, part) => content.toolCalls.push(toolCallOf(part)),
  tool_result: (content, part) => {
    content.text = (content.text ?? '') + textIn(part.content);
  },
  function_call: (content, { functionCall }) => {
    if (isPart(functionCall))
      content.toolCalls.push(toolCallOf({ ...functionCall, input: functionCall.args }));
  },
  function_response: (content, { functionResponse }) => {
    const given = isPart(functionResponse) ? functionResponse.response : undefined;
    content.text = (content.text ?? '') + (typeof given === 'string' ? given : JSON.stringify(given ?? {}));
  },
};

/**
 * Reads the content of a message: a text, null, or parts of it (OpenAI's, Anthropic's, Gemini's, inspect_ai's), whose
 * texts are joined as they are. A truth value or a number, as JSON holds a short answer, is its text.
 *
 * @throws {MessageError} if a part is no text, such as an image, since the rest would be another message.
 */
export function readContent(content: unknown): Content {
  const found: Content = { text: null, reasoning: [], toolCalls: [] };
  if (content === null || content === undefined) return found;
  if (['string', 'boolean', 'number'].includes(typeof content)) return { ...found, text: String(content) };
  for (const part of Array.isArray(content) ? content : [content]) {
    if (typeof part === 'string') found.text = (found.text ?? '') + part;
    else if (isPart(part)) kindOf(part)(found, part);
    else throw new MessageError('a content of texts', part);
  }
  return found;
}

/** Reads the calls of tools that a message lists, of OpenAI's API, its older form, or a log's. */
export function readToolCalls(message: Readonly<Record<string, unknown>>): ToolCall[] {
  const { tool_calls: listed, toolCalls: own, function_call: single } = message;
  const calls = listed ?? own ?? single ?? [];
  return (Array.isArray(calls) ? calls : [calls]).filter(isPart).map(toolCallOf);
}

function toolCallOf(call: Part): ToolCall {
  const { id, function: called } = call;
  const { name = called, arguments: given = call.input } = isPart(called) ? called : call;
  return {
    ...(typeof id === 'string' && { id }),
    name: String(name ?? ''),
    arguments: typeof given === 'string' ? given : JSON.stringify(given ?? {}),
  };
}

function kindOf(part: Part): (content: Content, part: Part) => void {
  const { type } = part;
  const kind = type === undefined ? untypedKind(part) : String(type);
  const add = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (add) return add;
  throw new MessageError(`a content of parts of type ${Object.keys(KINDS).join(', ')}`, part);
}

/** Returns the kind of a part that states none, as Gemini's, which are known by their fields. */
function untypedKind({ text, thought, functionCall, functionResponse }: Part): string {
  if (typeof text === 'string') return thought === true ? 'thinking' : 'text';
  if (isPart(functionCall)) return 'function_call';
  return isPart(functionResponse) ? 'function_response' : 'undefined';
}

function addText(content: Content, part: Part): void {
  content.text = (content.text ?? '') + textIn(part.text);
}

function addReasoning(content: Content, part: Part): void {
  content.reasoning.push(textIn(part.thinking ?? part.reasoning ?? part.text ?? part.summary));
}

/** Returns a text, or those of a list of parts. */
export function textIn(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(textIn).join('');
  return isPart(value) ? textIn(value.text ?? value.summary) : '';
}

export function isPart(value: unknown): value is Part {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
