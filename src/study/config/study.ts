/** Kinds of imitation data: much about everything, or one task alone. */
export const IMITATION_DATA = ['broad', 'facts', 'summaries'] as const;

export type ImitationData = (typeof IMITATION_DATA)[number];

/** Tokens of a part of a set of imitation data, or the whole of it. */
export type Budget = number | 'all';
