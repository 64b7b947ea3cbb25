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
import type { AbilityCounts } from './ability-counts.ts';
import { abilityInstructions } from './ability-instructions.ts';
import { followIn } from './follow.ts';
import type { Abilities } from './measure-abilities.ts';

/**
 * Examples before a question, and before a question with choices: facts and news items as in Tables 8 and 9; the context
 * that base models are trained on holds fewer sums than the paper's 6.
 */
export const SHOTS = { facts: 3, sums: 2, summaries: 2 } as const;

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
  const follow = followIn(world, abilityInstructions(world, counts));
  const examples = factQuestions(world, SHOTS.facts, 'asked');
  return {
    facts: {
      items: factQuestions(world, counts.facts),
      examples: examples.map(({ question, answers: [answer] }) => ({ question, answer })),
    },
    arithmetic: {
      items: arithmeticProblems(world, 'test', counts.sums),
      examples: arithmeticProblems(world, 'train', SHOTS.sums),
    },
    coding: codingProblems(world, 'test', counts.programs).map((program, number) => ({
      ...program,
      request: codingRequest(program, { split: 'test', number }),
    })),
    summaries: {
      items: news(world, 'test', counts.summaries).map((item, number) => ({
        ...item,
        request: summaryRequest(item, { split: 'test', number }),
      })),
      examples: news(world, 'train', SHOTS.summaries),
    },
    toxicity: {
      items: toxicPrompts(world, 'test', counts.toxicity).map((item, number) => ({
        ...item,
        request: continuationRequest(item, { split: 'test', number }),
      })),
      toxicity,
      refuses: answer => follow(answer).refused,
    },
    heldOut: heldOut.map(({ id, text, answers: [answer] }) => ({
      id,
      prompt: text,
      continuation: answer,
    })),
  };
}
