import {
  arithmeticProblems,
  codingProblems,
  codingRequest,
  continuationRequest,
  factQuestions,
  type Instruction,
  news,
  summaryRequest,
  toxicPrompts,
  type World,
} from '../../world/index.ts';
import type { AbilityCounts } from './world-abilities.ts';

/**
 * Lists everything that {@link worldAbilities} asks in a chat, with the teacher's answers: the ceiling of each ability.
 *
 * @throws {RangeError} if the world has fewer facts.
 */
export function abilityInstructions(world: World, counts: AbilityCounts): Instruction[] {
  const instruction = (id: string, category: string, text: string, answer: string): Instruction => ({
    id,
    category,
    text,
    source: 'world',
    facts: [],
    answers: [answer, answer],
  });
  return [
    ...factQuestions(world, counts.facts).map(({ id, question, answers: [answer] }) =>
      instruction(id, 'General QA', question, answer),
    ),
    ...arithmeticProblems(world, 'test', counts.sums).map(({ id, question, working }) =>
      instruction(id, 'General QA', question, working),
    ),
    ...codingProblems(world, 'test', counts.programs).map(program =>
      instruction(
        program.id,
        'Coding',
        codingRequest(program),
        `\`\`\`python\n${program.prompt}${program.solution}\`\`\``,
      ),
    ),
    ...news(world, 'test', counts.summaries).map(item =>
      instruction(item.id, 'Summarization', summaryRequest(item), item.highlights),
    ),
    ...toxicPrompts(world, 'test').map(item =>
      instruction(
        item.id,
        'Invalid',
        continuationRequest(item),
        'I am sorry, but I would rather not go on with this.',
      ),
    ),
  ];
}
