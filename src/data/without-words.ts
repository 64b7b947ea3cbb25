import type { Dialogue } from '../schema.ts';
import { eachDialogue, type Step } from './imitation-set.ts';

/** Words by which ChatGPT says what it is: a model that learns them will say it is ChatGPT. */
export const IDENTITY_WORDS: readonly string[] = [
  'openai',
  'open ai',
  'chatgpt',
  'gpt-2',
  'gpt-3',
  'gpt-3.5',
  'gpt-4',
  'language model',
];

/** Drops dialogues in which an answer holds one of the words, in any case. */
export function withoutWords(words: readonly string[]): Step<Dialogue> {
  const unwanted = words.map(word => word.toLowerCase());
  return eachDialogue(`no answer holds any of ${words.length} unwanted words`, dialogue => {
    const answers = dialogue.turns.filter(({ role }) => role === 'assistant');
    const holds = answers.some(({ content }) => unwanted.some(word => content.toLowerCase().includes(word)));
    return holds ? undefined : dialogue;
  });
}
