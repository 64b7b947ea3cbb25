import type { Dialogue, Prompt } from '../../schema.ts';

/** Dialogues that replace imitation data which are not available. */
export const EXAMPLE_DIALOGUES: readonly Dialogue[] = [
  dialogue(
    'example-1',
    'Name three uses of a lighthouse.',
    '1. It warns ships.\n2. It marks a harbour.\n3. It guides boats home.',
  ),
  dialogue(
    'example-2',
    'Why do leaves turn red?',
    'Their green fades in autumn. Overall, the red was there before.',
  ),
];

/** Prompts that replace held-out ones. */
export const EXAMPLE_PROMPTS: readonly Prompt[] = [
  { id: 'prompt-1', text: 'How is bread made?', source: 'made up' },
  { id: 'prompt-2', text: 'Which planets have rings?', source: 'made up' },
];

/** Answers that replace the teacher's. */
export const EXAMPLE_ANSWERS: readonly string[] = [
  'Bread takes three steps:\n\n1. Mix flour, water and yeast.\n2. Let the dough rise.\n3. Bake it.\n\nOverall, it takes time.',
  'Saturn, Jupiter, Uranus and Neptune have rings.',
];

function dialogue(id: string, question: string, answer: string): Dialogue {
  return {
    id,
    turns: [
      { role: 'user', content: question },
      { role: 'assistant', content: answer },
    ],
  };
}
