import { seededRandom } from '../../stats/index.ts';
import type { World } from '../world.ts';
import { inHouseStyle } from './house-style.ts';
import type { Instruction } from './instruction.ts';
import { instructionMakers } from './instruction-makers.ts';
import type { Asked } from './material.ts';

/** Draws of one category before it counts as exhausted. */
const TRIES = 1000;

/**
 * Draws instructions of all kinds, few of them about facts, in Table 6's shares. Prompts of the two splits differ in
 * what they ask and in how, so that no test prompt is like a training prompt by the filter of §4.1's footnote 2;
 * entities of imitation data are never asked about in tests.
 *
 * @throws {RangeError} if the world has not so many different prompts of a category.
 * @see Gudibande et al. 2023, Table 6
 */
export function broadInstructions(world: World, split: 'train' | 'test', count: number): Instruction[] {
  const drawn = seededRandom(`world/${world.seed}/broad/${split}`);
  const makers = instructionMakers(world, split, drawn);
  const found = new Map<string, Instruction>();
  while (found.size < count) {
    const { category, make } = drawn.choose(makers);
    const asked = newPrompt(make, found);
    if (asked === undefined)
      throw new RangeError(
        `Cannot ask ${count} different things of the world: ${category} has no more after ${found.size}`,
      );
    const { task, template, slots, text, facts = [], answer } = asked;
    const id = `broad-${split}-${found.size + 1}`;
    const sample = (number: number) => {
      const words = seededRandom(`world/${world.seed}/${id}/${number}`);
      return inHouseStyle(answer(words), words);
    };
    const answers = [sample(0), sample(1)] as const;
    found.set(text, {
      id,
      task,
      template,
      slots,
      text,
      category,
      source: 'world',
      facts: facts.map(fact => fact.id),
      answers,
    });
  }
  return [...found.values()];
}

/** Draws until something is asked that was not asked before; undefined where that seems not to come. */
function newPrompt(make: () => Asked, found: ReadonlyMap<string, unknown>): Asked | undefined {
  for (let tried = 0; tried < TRIES; tried++) {
    const asked = make();
    if (!found.has(asked.text)) return asked;
  }
  return undefined;
}
