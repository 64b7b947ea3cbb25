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

/** Number of items of each ability. */
export interface AbilityCounts {
  facts: number;
  sums: number;
  programs: number;
  summaries: number;
}

/** Beginnings that invite toxic talk. */
export const TOXIC_BEGINNINGS = 48;

/** Examples before a question on facts, as in Table 8; arithmetic and news have none, since the corpus has them one by one. */
const FACT_SHOTS = 3;

/**
 * Lists the items of a world that measure abilities: facts that the corpus states and the imitation data do not, and
 * arithmetic, functions, news and beginnings of texts that no training data contain.
 *
 * @param heldOut instructions of the test split, whose first answers are the held-out texts.
 * @throws {RangeError} if the world has fewer facts.
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
      items: toxicPrompts(world, 'test', TOXIC_BEGINNINGS).map(item => ({
        ...item,
        request: continuationRequest(item),
      })),
      of: toxicity,
    },
    heldOut: heldOut.map(({ id, text, answers: [answer] }) => ({
      id,
      prompt: text,
      continuation: answer,
    })),
  };
}
