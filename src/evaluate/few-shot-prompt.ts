import type { ChatMessage } from '../schema.ts';

/** A question as a prompt writes it, and the answer that is shown with it. */
export interface ShownExample {
  /** Up to where the answer begins, such as `Q: …\nA:`. */
  question: string;
  answer: string;
}

/** Parts of a prompt, from which each prompt format is written. */
export interface FewShotPrompt {
  /** The task, before the examples, with the white space after it, as lm-evaluation-harness's `description`. */
  instruction?: string;
  /** Shown examples, as many as the benchmark has shots. */
  examples?: readonly ShownExample[];
  /** Text between the examples and the question. */
  reminder?: string;
  /** Up to where the answer begins, such as `Q: …\nA:`. */
  question: string;
  /** The user's words where the question is asked alone; default instruction, reminder and question. */
  alone?: string;
  /** Text between a question and its answer; default a space. A turn of the assistant begins with the answer itself. */
  delimiter?: string;
  /** Text between the other parts; default a blank line. */
  separator?: string;
  /** Beginnings of what may follow the answer in raw text, which ends before them; a turn ends by itself. */
  stop?: readonly string[];
}

/** A prompt as it is sent: a text, in a chat the user's last turn after earlier messages. */
export interface WrittenPrompt {
  prompt: string;
  /** Messages before the user's last turn; default none. */
  history?: readonly ChatMessage[];
}

/** Writes all parts as one text, which ends where the answer begins. */
export function asText(parts: FewShotPrompt): WrittenPrompt {
  const { instruction = '', examples = [], reminder, question, delimiter = ' ', separator = '\n\n' } = parts;
  const shown = examples.map(example => `${example.question}${delimiter}${example.answer}`);
  return { prompt: instruction + joined([...shown, reminder, question], separator) };
}

/** Writes the question alone. */
export function asQuestion({
  instruction = '',
  reminder,
  question,
  alone,
  separator = '\n\n',
}: FewShotPrompt): WrittenPrompt {
  return { prompt: alone ?? instruction + joined([reminder, question], separator) };
}

/** Writes the instruction as the system's message, and each example as a turn of the user and one of the assistant. */
export function asTurns(parts: FewShotPrompt): WrittenPrompt {
  const { instruction, examples = [], reminder, question, separator = '\n\n' } = parts;
  const system: ChatMessage[] = instruction === undefined ? [] : [{ role: 'system', content: instruction }];
  const turns = examples.flatMap((example): ChatMessage[] => [
    { role: 'user', content: example.question },
    { role: 'assistant', content: example.answer },
  ]);
  return { prompt: joined([reminder, question], separator), history: [...system, ...turns] };
}

function joined(parts: readonly (string | undefined)[], separator: string): string {
  return parts.filter(part => part !== undefined).join(separator);
}
