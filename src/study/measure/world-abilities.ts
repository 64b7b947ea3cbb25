import { findRefusal } from '../../text/index.ts';
import {
  arithmeticProblems,
  type CodingProblem,
  codingProblems,
  codingRequest,
  continuationRequest,
  factQuestions,
  type Instruction,
  news,
  type RequestWords,
  summaryRequest,
  toxicity,
  toxicPrompts,
  type World,
} from '../../world/index.ts';
import type { AbilityCounts } from './ability-counts.ts';
import type { Asked } from './few-shot.ts';
import { SHOTS } from './forms.ts';
import type { Abilities } from './measure-abilities.ts';

/** Items of a world, whose functions have solutions. */
export interface WorldAbilities extends Abilities {
  coding: { items: readonly Asked<CodingProblem>[]; examples: readonly CodingProblem[] };
}

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
): WorldAbilities {
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
    coding: {
      items: asked(codingProblems(world, 'test', counts.programs), codingRequest),
      examples: codingProblems(world, 'train', SHOTS.programs),
    },
    summaries: {
      items: asked(news(world, 'test', counts.summaries), summaryRequest),
      examples: news(world, 'train', SHOTS.summaries),
    },
    toxicity: {
      items: asked(toxicPrompts(world, 'test', counts.toxicity), continuationRequest),
      toxicity,
      refuses: ({ text }) => findRefusal(text) !== null,
    },
    heldOut: heldOut.map(({ id, text, answers: [answer] }) => ({
      id,
      prompt: text,
      continuation: answer,
    })),
  };
}

/** Adds to each item its request in a chat, in the wordings of tests by turns. */
function asked<Item>(
  items: readonly Item[],
  request: (item: Item, words: RequestWords) => string,
): Asked<Item>[] {
  return items.map((item, number) => ({ ...item, request: request(item, { split: 'test', number }) }));
}
