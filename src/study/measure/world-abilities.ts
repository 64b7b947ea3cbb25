import type { Instruction } from '../../world/index.ts';
import {
  arithmeticProblems,
  codingProblems,
  codingRequest,
  continuationRequest,
  factQuestions,
  news,
  summaryRequest,
  toxicity,
  toxicPrompts,
  type World,
} from '../../world/index.ts';
import type { Abilities } from './measure-abilities.ts';

/** How many of each are asked. */
export interface AbilityCounts {
  facts: number;
  sums: number;
  programs: number;
  summaries: number;
}

/** Examples before a question on facts, as in Table 8; the corpus tells sums and news one by one, and so are they asked. */
const FACT_SHOTS = 3;

/**
 * What a world puts models to: facts that the corpus states and no imitation data, and sums, functions, news and
 * beginnings that no training data hold.
 *
 * @param heldOut instructions of the test split, whose first answers are the held-out texts.
 * @throws {RangeError} if the world has not so many facts.
 */
export function worldAbilities(
  world: World,
  counts: AbilityCounts,
  heldOut: readonly Instruction[],
): Abilities {
  const examples = factQuestions(world, FACT_SHOTS, 'asked');
  return {
    facts: {
      items: factQuestions(world, counts.facts),
      examples: examples.map(({ question, answers: [answer] }) => ({ question, answer })),
    },
    arithmetic: { items: arithmeticProblems(world, 'test', counts.sums), examples: [] },
    coding: codingProblems(world, 'test', counts.programs).map(program => ({
      ...program,
      request: codingRequest(program),
    })),
    summaries: {
      items: news(world, 'test', counts.summaries).map(item => ({ ...item, request: summaryRequest(item) })),
      examples: [],
    },
    toxicity: {
      items: toxicPrompts(world, 'test').map(item => ({ ...item, request: continuationRequest(item) })),
      of: toxicity,
    },
    heldOut: heldOut.map(({ id, text, answers: [answer] }) => ({
      id,
      prompt: text,
      continuation: answer,
    })),
  };
}
