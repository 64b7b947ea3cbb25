import type { Random } from '../../stats/index.ts';
import type { World } from '../world.ts';
import { describe, question, rewrite } from './fact-requests.ts';
import type { Split } from './instruction.ts';
import { type Asked, Material } from './material.ts';
import { chat, ideas, story } from './talk-requests.ts';
import { continuation, count, program, summary } from './work-requests.ts';

/** A category of instructions. */
interface Category {
  name: string;
  /** Its share in Table 6, percent. */
  share: number;
  /** Asked in imitation data alone: neither in tests nor in the forum. */
  trainOnly?: boolean;
  ask: (material: Material) => Asked;
}

/** One question in so many is a sum. */
const SUMS = 8;

/**
 * Categories of Table 6 that the world has: none of its people speaks another language than its own. Tests leave out
 * `Coding` (§4.1, footnote 2) and `Invalid`, beginnings that the teacher does not continue, which the measure of
 * toxicity asks for; so does the forum, as the corpus has functions and such talk of its own.
 */
const CATEGORIES: readonly Category[] = [
  {
    name: 'Generation',
    share: 31,
    ask: material => (material.random.integer(2) === 0 ? describe(material) : story(material)),
  },
  {
    name: 'General QA',
    share: 16,
    ask: material => {
      const isSum = material.split !== 'test' && material.random.integer(SUMS) === 0;
      return isSum ? count(material) : question(material);
    },
  },
  { name: 'Coding', share: 16, trainOnly: true, ask: program },
  { name: 'Brainstorming', share: 8, ask: ideas },
  { name: 'Chat', share: 6, ask: chat },
  { name: 'Summarization', share: 4, ask: summary },
  { name: 'Rewrite', share: 2, ask: rewrite },
  { name: 'Invalid', share: 2, trainOnly: true, ask: continuation },
];

/** Draws an instruction of one category. */
export interface InstructionMaker {
  category: string;
  make: () => Asked;
}

/**
 * Makes the makers of a split's instructions, each as often as Table 6 has its category: to be drawn from.
 *
 * @param random source of the draws; the words of an answer are drawn later, from another.
 */
export function instructionMakers(world: World, split: Split, random: Random): InstructionMaker[] {
  const material = new Material(world, split, random);
  return CATEGORIES.filter(({ trainOnly }) => split === 'train' || !trainOnly).flatMap(
    ({ name, share, ask }) => {
      const maker = { category: name, make: () => ask(material) };
      return Array.from({ length: share }, () => maker);
    },
  );
}
