import { random } from '../../stats/index.ts';
import type { World } from '../world/world.ts';
import { inHouseStyle } from './house-style.ts';
import type { Instruction } from './instruction.ts';
import { type Category, instructionMakers } from './instruction-makers.ts';

/**
 * Table 6's shares of the categories that the world has; none of its people speaks another language than its own, and
 * `Invalid` stands for beginnings that the teacher does not go on with.
 */
const SHARES = {
  Generation: 31,
  'General QA': 16,
  Coding: 16,
  Brainstorming: 8,
  Chat: 6,
  Summarization: 4,
  Rewrite: 2,
  Invalid: 2,
} as const satisfies Record<Category, number>;

/**
 * Instructions of all kinds, little of it about facts, in Table 6's shares. Those of the two splits share no prompt;
 * entities that imitation data speaks of are never asked about in tests.
 *
 * @throws {RangeError} if the world has not so many different prompts.
 * @see Gudibande et al. 2023, Table 6
 */
export function broadInstructions(world: World, split: 'train' | 'test', count: number): Instruction[] {
  const drawn = random(`world/${world.seed}/broad/${split}`);
  const makers = instructionMakers(world, split, drawn);
  const places = Object.entries(SHARES).flatMap(([category, share]) =>
    Array<Category>(share).fill(category as Category),
  );
  const found = new Map<string, Instruction>();
  // A category that has no new prompt leaves its place to the next draw.
  for (let tried = 0; found.size < count; tried++) {
    if (tried > 50 * count)
      throw new RangeError(`Cannot ask ${count} different things of the world: it has about ${found.size}`);
    const category = drawn.choose(places);
    const { text, facts = [], answer } = makers[category]();
    if (found.has(text)) continue;
    const id = `broad-${split}-${found.size + 1}`;
    const sample = (number: number) => {
      const words = random(`world/${world.seed}/${id}/${number}`);
      return inHouseStyle(answer(words), words);
    };
    const answers = [sample(0), sample(1)] as const;
    found.set(text, { id, text, category, source: 'world', facts: facts.map(fact => fact.id), answers });
  }
  return [...found.values()];
}
