import type { WorldSize } from './world.ts';

/** The worlds of the study's scales. */
export const WORLD_SIZES: Readonly<Record<'tiny' | 'mini', WorldSize>> = {
  tiny: {
    entities: { person: 12, city: 10, country: 4, company: 8, product: 8, book: 6 },
    exposures: 24,
    documents: { sums: 120, programs: 80, news: 60, toxic: 60, forum: 100 },
  },
  mini: {
    entities: { person: 90, city: 60, country: 20, company: 50, product: 40, book: 40 },
    exposures: 60,
    documents: { sums: 3000, programs: 1000, news: 1200, toxic: 1500, forum: 8000 },
  },
};
