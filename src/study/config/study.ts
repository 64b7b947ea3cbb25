/** Kinds of imitation data: much about everything, or one task alone. */
export const IMITATION_DATA = ['broad', 'facts', 'summaries'] as const;

export type ImitationData = (typeof IMITATION_DATA)[number];

/** Tokens of a part of a set of imitation data, or the whole of it. */
export type Budget = number | 'all';

/** Names of the scales of a study: worlds of its own, of two sizes, or checkpoints and data from outside. */
export const STUDY_SCALE_NAMES = ['tiny', 'mini', 'full'] as const;

export type StudyScale = (typeof STUDY_SCALE_NAMES)[number];

/** Scale of a study in a world of its own. */
export type WorldScale = Exclude<StudyScale, 'full'>;
