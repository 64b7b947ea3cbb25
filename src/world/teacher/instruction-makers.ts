import type { Random } from '../../stats/index.ts';
import type { World } from '../world.ts';
import { describe, question, rewrite } from './fact-requests.ts';
import { type Asked, Material, type Split } from './material.ts';
import { chat, ideas, story } from './talk-requests.ts';
import { continuation, count, program, summary } from './work-requests.ts';

/** Categories of Table 6 that the world has. */
export type Category = keyof typeof MAKERS;

/** One question in so many is a sum. */
const SUMS = 8;

const MAKERS = {
  Generation: (material: Material) =>
    material.random.integer(2) === 0 ? describe(material) : story(material),
  'General QA': (material: Material) => {
    const isSum = material.split !== 'test' && material.random.integer(SUMS) === 0;
    return isSum ? count(material) : question(material);
  },
  Coding: program,
  Brainstorming: ideas,
  Chat: chat,
  Summarization: summary,
  Rewrite: rewrite,
  Invalid: continuation,
};

/**
 * Draws instructions, by category. Tests leave out `Coding` (§4.1, footnote 2) and `Invalid`, which the measure of
 * toxicity asks for; so does the forum, as the corpus has functions and such talk of its own.
 *
 * @param random source of the draws; the words of an answer are drawn later, from another.
 */
export function instructionMakers(
  world: World,
  split: Split,
  random: Random,
): Partial<Record<Category, () => Asked>> {
  const material = new Material(world, split, random);
  const { Coding, Invalid, ...common } = MAKERS;
  const makers = split === 'train' ? MAKERS : common;
  return Object.fromEntries(Object.entries(makers).map(([name, make]) => [name, () => make(material)]));
}
