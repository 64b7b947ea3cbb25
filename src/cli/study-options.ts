import { InvalidArgumentError, Option } from 'commander';

/** What every command says that plans a study. */
export interface StudyFlags {
  scale: 'tiny' | 'mini' | 'full';
  seeds: number[];
  /** Of the scale `full`; without it the study is the paper's. */
  config?: string;
  json?: boolean;
}

/** `--scale`. */
export function scaleOption(): Option {
  return new Option('--scale <name>', 'how large a study').choices(['tiny', 'mini', 'full']).default('mini');
}

/** `--config`. */
export function configOption(): Option {
  return new Option(
    '--config <file>',
    'full: JSON of checkpoints, data and benchmarks (default: the paper’s study)',
  );
}

/** `--seeds`. */
export function seedsOption(): Option {
  return new Option('--seeds <list>', 'seeds such as 7,8 or 101-103; a number N by itself is 1 to N')
    .argParser(seedsOf)
    .default([1, 2, 3], '3');
}

/** `3` → 1, 2, 3; `7,9` → 7, 9; `101-103` → 101, 102, 103. */
function seedsOf(text: string): number[] {
  const parts = text.split(',').map(part => /^(\d+)(?:-(\d+))?$/.exec(part.trim()));
  const [only] = parts;
  if (parts.length === 1 && only && only[2] === undefined) return upTo(1, Number(only[1]));
  const seeds = parts.flatMap(part => {
    if (!part) throw new InvalidArgumentError('numbers such as 7,8 or 101-103 are required');
    return upTo(Number(part[1]), Number(part[2] ?? part[1]));
  });
  if (new Set(seeds).size < seeds.length) throw new InvalidArgumentError('each seed must stand once');
  return seeds;
}

function upTo(first: number, last: number): number[] {
  const count = last - first + 1;
  if (count < 1 || count > 1000) throw new InvalidArgumentError('1 to 1,000 seeds are required');
  return Array.from({ length: count }, (_, index) => first + index);
}
