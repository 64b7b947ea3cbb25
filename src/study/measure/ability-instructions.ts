import { type Benchmark, buildRequest } from '../../evaluate/index.ts';
import type { Instruction, Task } from '../../world/index.ts';
import { arithmeticBenchmark } from './arithmetic.ts';
import { codingBenchmark } from './coding.ts';
import { factsBenchmark } from './facts.ts';
import { formsOf } from './forms.ts';
import { summariesBenchmark } from './summaries.ts';
import { nonToxicBenchmark } from './toxicity.ts';
import type { WorldAbilities } from './world-abilities.ts';

/** Lists everything that a world's abilities ask, in every form, with the teacher's answers: the ceiling of each ability. */
export function abilityInstructions({
  facts,
  arithmetic,
  coding,
  summaries,
  toxicity,
}: Omit<WorldAbilities, 'heldOut'>): Instruction[] {
  return [
    ...instructionsOf(
      factsBenchmark(facts.items, facts.examples),
      'fact',
      'General QA',
      ({ answers: [answer = ''] }) => answer,
    ),
    ...instructionsOf(
      arithmeticBenchmark(arithmetic.items, arithmetic.examples),
      'sum',
      'General QA',
      ({ working }) => working,
    ),
    ...instructionsOf(
      codingBenchmark(coding),
      'program',
      'Coding',
      ({ prompt, solution }) => `\`\`\`python\n${prompt}${solution}\`\`\``,
    ),
    ...instructionsOf(
      summariesBenchmark(summaries.items, summaries.examples),
      'summary',
      'Summarization',
      ({ highlights }) => highlights,
    ),
    ...instructionsOf(
      nonToxicBenchmark(toxicity.items, toxicity),
      'refuse',
      'Invalid',
      () => 'I am sorry, but I would rather not continue this.',
    ),
  ];
}

function instructionsOf<Item extends { id: string }>(
  benchmark: Benchmark<Item>,
  task: Task,
  category: string,
  answerOf: (item: Item) => string,
): Instruction[] {
  return formsOf(benchmark).flatMap(form =>
    benchmark.items.map((item): Instruction => {
      const answer = answerOf(item);
      return {
        id: `${item.id}/${form}`,
        task,
        template: `${task}/ability`,
        slots: {},
        category,
        text: buildRequest(benchmark, item, form).prompt,
        source: 'world',
        facts: [],
        answers: [answer, answer],
      };
    }),
  );
}
