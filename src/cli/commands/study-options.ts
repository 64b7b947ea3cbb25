import { STUDY_SCALE_NAMES } from '../../schema.ts';
import type { ValuesOf } from '../declare/property.ts';

/** The folder of a study that was run. */
export const STUDY_FOLDER = { type: 'string', kind: 'input', placeholder: 'folder' } as const;

/** Options of each command that plans a study. */
export const STUDY_OPTIONS = {
  scale: {
    enum: STUDY_SCALE_NAMES,
    default: 'mini',
    group: 'Study:',
    description: 'size of the study',
  },
  config: {
    type: 'string',
    kind: 'input',
    group: 'Study:',
    placeholder: 'file',
    description: 'full: JSON of checkpoints, data and benchmarks (default: the paper’s study)',
  },
  seeds: {
    type: 'array',
    items: { type: 'integer', minimum: 0 },
    minItems: 1,
    maxItems: 1000,
    uniqueItems: true,
    default: [1, 2, 3],
    group: 'Study:',
    placeholder: 'list',
    parse: parseSeeds,
    form: 'seeds such as 7,8 or 101-103, at most 1000',
    description: 'seeds such as 7,8 or 101-103; a number N by itself is 1 to N',
  },
} as const;

/** Values of the options that plan a study. */
export type StudyFlags = ValuesOf<typeof STUDY_OPTIONS>;

/**
 * Parses a list of seeds: `3` is 1, 2, 3; `7,9` is 7, 9; `101-103` is 101, 102, 103.
 *
 * @returns undefined if it is no such list.
 */
export function parseSeeds(text: string): number[] | undefined {
  const seeds: number[] = [];
  const parts = text.split(',');
  for (const part of parts) {
    const [, first, last = first] = /^\s*(\d{1,9})(?:-(\d{1,9}))?\s*$/.exec(part) ?? [];
    if (first === undefined) return undefined;
    const upTo = parts.length === 1 && !part.includes('-');
    const from = upTo ? 1 : Number(first);
    const count = Number(last) - from + 1;
    if (count < 1 || count > 1000) return undefined;
    for (let seed = from; seed < from + count; seed++) seeds.push(seed);
  }
  return seeds;
}

const { default: _scale, ...SCALE } = STUDY_OPTIONS.scale;
const { default: _seeds, ...SEEDS } = STUDY_OPTIONS.seeds;

/** The same options, of a command that takes those of the study in a folder unless they are given. */
export const OTHER_STUDY_OPTIONS = {
  scale: { ...SCALE, description: `${SCALE.description} (default: that of the study in --out)` },
  config: STUDY_OPTIONS.config,
  seeds: { ...SEEDS, description: `${SEEDS.description} (default: those of the study in --out)` },
} as const;
