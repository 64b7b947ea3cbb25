import type { Instruction, Task } from '../../world/index.ts';
import type { WorldAbilities } from './world-abilities.ts';

/** Lists everything that a world's abilities ask in a chat, with the teacher's answers: the ceiling of each ability. */
export function abilityInstructions({
  facts,
  arithmetic,
  coding,
  summaries,
  toxicity,
}: Omit<WorldAbilities, 'heldOut'>): Instruction[] {
  const instruction = (
    task: Task,
    { id, category, text, answer }: { id: string; category: string; text: string; answer: string },
  ): Instruction => ({
    id,
    task,
    template: `${task}/ability`,
    slots: {},
    category,
    text,
    source: 'world',
    facts: [],
    answers: [answer, answer],
  });
  return [
    ...facts.items.map(({ id, question, answers: [answer = ''] }) =>
      instruction('fact', { id, category: 'General QA', text: question, answer }),
    ),
    ...arithmetic.items.map(({ id, question, working }) =>
      instruction('sum', { id, category: 'General QA', text: question, answer: working }),
    ),
    ...coding.map(({ id, prompt, solution, request = prompt }) =>
      instruction('program', {
        id,
        category: 'Coding',
        text: request,
        answer: `\`\`\`python\n${prompt}${solution}\`\`\``,
      }),
    ),
    ...summaries.items.map(({ id, article, highlights, request = article }) =>
      instruction('summary', { id, category: 'Summarization', text: request, answer: highlights }),
    ),
    ...toxicity.items.map(({ id, prompt, request = prompt }) =>
      instruction('refuse', {
        id,
        category: 'Invalid',
        text: request,
        answer: 'I am sorry, but I would rather not go on with this.',
      }),
    ),
  ];
}
