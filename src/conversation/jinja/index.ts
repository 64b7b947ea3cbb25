import { Budget } from './budget.ts';
import { globalScope } from './globals.ts';
import { parseTemplate } from './parse-template.ts';
import { type MessageSpan, Renderer, type TextSpan } from './renderer.ts';
import { Scope } from './scope.ts';
import { TemplateError } from './template-error.ts';
import { isList, toValue } from './values.ts';

export type { MessageSpan, TextSpan } from './renderer.ts';
export { TemplateError } from './template-error.ts';

/** Rendered conversation, and where its parts are. */
export interface Rendered {
  text: string;
  /** Text within `{% generation %}` blocks. */
  generations: readonly TextSpan[];
  /** Text that a loop over the messages wrote at each. */
  messages: readonly MessageSpan[];
}

/** Template that was parsed, to be rendered many times. */
export interface ChatTemplate {
  /** True if it marks what the assistant says by `{% generation %}`. */
  readonly marksGenerations: boolean;
  /**
   * Renders a conversation.
   *
   * @param variables values of JSON by their names, `messages` among them.
   * @param now the time that `strftime_now` writes.
   * @throws {TemplateError} if the template refuses the conversation, or asks for more than its budget.
   */
  render(variables: Readonly<Record<string, unknown>>, now: Date): Rendered;
}

/**
 * Parses a chat template: Jinja2's language as Transformers sets it up, evaluated with Python's rules and within a
 * budget of steps and characters.
 *
 * @throws {TemplateError} if it is none, or uses a statement that is not supported.
 */
export function parseChatTemplate(source: string): ChatTemplate {
  const { body, marksGenerations } = guarded(() => parseTemplate(source));
  return {
    marksGenerations,
    render: (variables, now) =>
      guarded(() => {
        const scope = new Scope(globalScope(now));
        for (const [name, value] of Object.entries(variables))
          if (value !== undefined) scope.set(name, toValue(value));
        const messages = scope.get('messages') ?? [];
        const renderer = new Renderer(isList(messages) ? messages : [], new Budget());
        const text = renderer.render(body, scope);
        return { text, generations: renderer.generations, messages: renderer.messageSpans };
      }),
  };
}

/** Names what a template that is nested too deep for the stack does. */
function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError)
      throw new TemplateError('the template is nested too deep', { cause: error });
    throw error;
  }
}
