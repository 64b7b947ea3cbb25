import type { ChatMessage, ToolCall } from '../schema.ts';

/**
 * Returns a message as chat templates read it: the fields of OpenAI's API, `tool_calls` with arguments as an object
 * where they are one, and reasoning under the names that templates know.
 */
export function templateMessage(
  { role, content, reasoning, toolCalls }: ChatMessage,
  withReasoning: boolean,
): Readonly<Record<string, unknown>> {
  return {
    role,
    content,
    ...(toolCalls && { tool_calls: toolCalls.map(templateCall) }),
    ...(withReasoning && reasoning !== undefined && { thinking: reasoning, reasoning_content: reasoning }),
  };
}

function templateCall({ id, name, arguments: text }: ToolCall) {
  return { id, type: 'function', function: { name, arguments: objectIn(text) ?? text } };
}

/** Returns the object that a text is as JSON; `undefined` for another text. */
function objectIn(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
