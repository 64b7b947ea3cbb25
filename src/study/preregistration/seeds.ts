/** Roles of the seeds of a study. */
export type SeedRole = 'development' | 'confirmation' | 'reported';

/** First and last seed of a role, and what they are for. */
export interface SeedRange {
  role: SeedRole;
  first: number;
  last: number;
  purpose: string;
}

/** Seeds by role, so that no seed that tuning saw confirms the instrument, and none that confirms it is reported. */
export const SEED_RANGES: readonly SeedRange[] = [
  { role: 'development', first: 101, last: 199, purpose: 'tune the world and the settings' },
  {
    role: 'confirmation',
    first: 201,
    last: 203,
    purpose: 'check the instrument once; after a failure the next three seeds, and every attempt is listed',
  },
  { role: 'reported', first: 301, last: 310, purpose: 'give the verdicts' },
];

/** First and last seed by which the instrument may be confirmed, in attempts of three. */
export const FRESH_SEEDS = { first: 201, last: 300, count: 3 } as const;
