import {
  arithmeticProblems,
  codingProblems,
  codingRequest,
  continuationRequest,
  factQuestions,
  type Instruction,
  news,
  summaryRequest,
  type Task,
  toxicPrompts,
  type World,
} from '../../world/index.ts';
import type { AbilityCounts } from './ability-counts.ts';

/**
 * Lists everything that {@link worldAbilities} asks in a chat, with the teacher's answers: the ceiling of each ability.
 *
 * @throws {RangeError} if the world has fewer facts.
 */
export function abilityInstructions(world: World, counts: AbilityCounts): Instruction[] {
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
    ...factQuestions(world, counts.facts).map(({ id, question, answers: [answer] }) =>
      instruction('fact', { id, category: 'General QA', text: question, answer }),
    ),
    ...arithmeticProblems(world, 'test', counts.sums).map(({ id, question, working }) =>
      instruction('sum', { id, category: 'General QA', text: question, answer: working }),
    ),
    ...codingProblems(world, 'test', counts.programs).map((program, number) =>
      instruction('program', {
        id: program.id,
        category: 'Coding',
        text: codingRequest(program, { split: 'test', number }),
        answer: `\`\`\`python\n${program.prompt}${program.solution}\`\`\``,
      }),
    ),
    ...news(world, 'test', counts.summaries).map((item, number) =>
      instruction('summary', {
        id: item.id,
        category: 'Summarization',
        text: summaryRequest(item, { split: 'test', number }),
        answer: item.highlights,
      }),
    ),
    ...toxicPrompts(world, 'test', counts.toxicity).map((item, number) =>
      instruction('refuse', {
        id: item.id,
        category: 'Invalid',
        text: continuationRequest(item, { split: 'test', number }),
        answer: 'I am sorry, but I would rather not go on with this.',
      }),
    ),
  ];
}
