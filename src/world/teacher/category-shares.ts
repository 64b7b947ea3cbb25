import type { Category } from './instruction-makers.ts';
import type { Asked } from './material.ts';

/**
 * Table 6's shares of the categories that the world has; none of its people speaks another language than its own, and
 * `Invalid` are beginnings that the teacher does not continue.
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

/** Repeats the maker of each category as often as Table 6 has its category: to be drawn from. */
export function byShares(
  makers: Partial<Record<Category, () => Asked>>,
): { category: Category; maker: () => Asked }[] {
  return (Object.keys(SHARES) as Category[]).flatMap(category => {
    const maker = makers[category];
    return maker ? Array.from({ length: SHARES[category] }, () => ({ category, maker })) : [];
  });
}
