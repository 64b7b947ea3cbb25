import type { ChatMessage } from '../schema.ts';
import { type ChatTemplate, parseChatTemplate, type Rendered } from './jinja/index.ts';
import { templateMessage } from './template-message.ts';

/** Values that a template writes beside the messages. Variables without a value are undefined in the template. */
export interface ChatOptions {
  /** Begins a sequence. */
  bos?: string | undefined;
  /** Ends a sequence. */
  eos?: string | undefined;
  /** Continues the text to where the model's answer begins; default true. */
  addGenerationPrompt?: boolean | undefined;
  /** JSON schemas of functions that the model may call; default none, which is `None` in the template. */
  tools?: readonly object[] | undefined;
  /** Documents to answer from, each with a title and a text; default none, which is `None` in the template. */
  documents?: readonly object[] | undefined;
  /** Shows the template the reasoning of earlier answers; default false. */
  reasoning?: boolean | undefined;
  /** Further variables of the template, such as `enable_thinking`. */
  variables?: Readonly<Record<string, unknown>> | undefined;
  /** Time that a template may write; default now. */
  now?: Date | undefined;
}

/**
 * Writes a conversation as a model's own Jinja template says, by default up to where the model's answer begins: the
 * text that Transformers' `apply_chat_template(…, add_generation_prompt=True)` gives.
 *
 * @throws {Error} if the template is broken, refuses the conversation, uses what is not supported, or asks for more
 *   work than any conversation needs.
 * @example
 * renderChat('{% for m in messages %}[{{ m.role }}] {{ m.content }}\n{% endfor %}', [{ role: 'user', content: 'Hi' }]) // '[user] Hi\n'
 */
export function renderChat(
  template: string,
  messages: readonly ChatMessage[],
  options: ChatOptions = {},
): string {
  return renderConversation(template, messages, options).text;
}

/** Writes a conversation as {@link renderChat} does, and says where in the text its parts are. */
export function renderConversation(
  template: string,
  messages: readonly ChatMessage[],
  options: ChatOptions = {},
): Rendered {
  const { bos, eos, addGenerationPrompt = true, reasoning = false, now = new Date() } = options;
  try {
    return parsed(template).render(
      {
        bos_token: bos,
        eos_token: eos,
        ...options.variables,
        messages: messages.map(message => templateMessage(message, reasoning)),
        tools: options.tools ?? null,
        documents: options.documents ?? null,
        add_generation_prompt: addGenerationPrompt,
      },
      now,
    );
  } catch (error) {
    const roles = messages.map(({ role }) => role).join(', ');
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Cannot write a conversation of ${roles} by the model's chat template: ${reason}`, {
      cause: error,
    });
  }
}

/** Reports whether a template marks what the assistant says, by `{% generation %}`. */
export function marksGenerations(template: string): boolean {
  return parsed(template).marksGenerations;
}

/** Number of templates that are kept parsed. */
const KEPT = 8;

const templates = new Map<string, ChatTemplate>();

/** Parses a template, or returns what it was parsed to before. */
function parsed(source: string): ChatTemplate {
  const known = templates.get(source);
  if (known) return known;
  const template = parseChatTemplate(source);
  const [oldest] = templates.keys();
  if (templates.size >= KEPT && oldest !== undefined) templates.delete(oldest);
  templates.set(source, template);
  return template;
}
