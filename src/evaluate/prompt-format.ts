import { asQuestion, asText, asTurns, type FewShotPrompt, type WrittenPrompt } from './few-shot-prompt.ts';

/** Form in which models are asked. */
interface DefinedFormat {
  name: string;
  /** Help of the command line. */
  description: string;
  /** True if the prompt is inside the model's role tokens. */
  isChat: boolean;
  /** True if the examples are shown. */
  showsExamples: boolean;
  /** Writes the parts of a prompt. */
  write(parts: FewShotPrompt): WrittenPrompt;
}

/** Every prompt format. The choices and help of the command line follow from this list. */
export const PROMPT_FORMATS = [
  {
    name: 'raw',
    description: 'plain text with the examples, as base models are asked',
    isChat: false,
    showsExamples: true,
    write: asText,
  },
  {
    name: 'chat',
    description: 'the question alone, as a user’s turn by the model’s chat template',
    isChat: true,
    showsExamples: false,
    write: asQuestion,
  },
  {
    // Gudibande et al. 2023, Appendix E.
    name: 'chat-few-shot',
    description: 'examples and question in one user’s turn, as the paper asks imitation models',
    isChat: true,
    showsExamples: true,
    write: asText,
  },
  {
    name: 'chat-multiturn',
    description:
      'each example as a user’s turn and an assistant’s, as lm-evaluation-harness’s --fewshot_as_multiturn',
    isChat: true,
    showsExamples: true,
    write: asTurns,
  },
] as const satisfies readonly DefinedFormat[];

/** Name of a form in which models are asked: plain text, or a chat with its examples nowhere, in the turn or as turns. */
export type PromptFormat = (typeof PROMPT_FORMATS)[number]['name'];

/** Finds a prompt format by its name. @throws {RangeError} naming those that there are, if there is none of this name. */
export function findPromptFormat(name: string): (typeof PROMPT_FORMATS)[number] {
  const found = PROMPT_FORMATS.find(format => format.name === name);
  if (found) return found;
  const names = PROMPT_FORMATS.map(format => format.name).join(', ');
  throw new RangeError(`promptFormat must be one of ${names}, got ${name}`);
}

/** Reports whether prompts of this format are inside the model's role tokens. */
export function isChat(promptFormat: PromptFormat): boolean {
  return findPromptFormat(promptFormat).isChat;
}
