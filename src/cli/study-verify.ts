import { Command } from 'commander';
import type { StudyVerification } from '../study/index.ts';
import { number } from './number.ts';
import { INTERRUPTED, untilInterrupted } from './until-interrupted.ts';

interface VerifyFlags {
  sample: number;
  draw: number;
  recorded?: string;
  out?: string;
  workers?: number;
  json?: boolean;
}

/** `imitation-lab study verify`: makes a part of a study again, and compares. */
export function studyVerifyCommand(): Command {
  return new Command('verify')
    .description(
      'train and measure a sampled part of a study again, and compare its rows with the recorded ones',
    )
    .option('--sample <n>', 'imitation models of one seed that are trained again', number, 1)
    .option('--draw <n>', 'another number draws another seed and other models', number, 1)
    .option('--recorded <folder>', 'the results to verify (default: the package’s recorded ones)')
    .option('--out <folder>', 'keeps the runs; with it, a stopped one goes on (default: a temporary folder)')
    .option('--workers <n>', 'processes of one thread each (default: one for each core)', number)
    .option('--json', 'print the outcome as JSON')
    .action(verify);
}

async function verify({ out, json, ...options }: VerifyFlags): Promise<void> {
  const { verifyStudy } = await import('../study/index.ts');
  const { progressLine } = await import('../runs/index.ts');
  const stopped = await untilInterrupted(async signal => {
    const verification = await verifyStudy({
      ...options,
      ...(out !== undefined && { folder: out }),
      ...{ signal, onProgress: progressLine(json ? () => {} : undefined) },
    });
    console.log(json ? JSON.stringify(verification) : await told(verification));
    if (verification.different.length > 0) process.exitCode = 1;
  });
  if (!stopped) return;
  console.error(`\nstopped${out === undefined ? '' : `: the same command goes on with ${out}`}`);
  process.exitCode = INTERRUPTED;
}

async function told({ seed, models, rows, exact, samePlan, different }: StudyVerification): Promise<string> {
  const { TOLERANCE } = await import('../study/index.ts');
  const { share, percent, correlation, nats } = TOLERANCE;
  const required = exact
    ? 'equal to the bit, as on the same processor and TensorFlow'
    : `within ${share} of a share, ${percent} of a percentage, ${correlation} of a correlation and ${nats} nats, as on another kind of machine`;
  return [
    `seed ${seed}: ${models.join('; ')}`,
    `${rows - different.length} of ${rows} rows are ${required}`,
    ...(samePlan
      ? []
      : ['the results were made by another configuration or other stages: rows may differ for that']),
    ...different.map(({ model, size, budget, measure, recorded, found }) => {
      const which = [
        model,
        ...(size === null ? [] : [`size ${size}`]),
        ...(budget === null ? [] : [`${budget} tokens`]),
      ];
      return `differs: ${measure} of ${which.join(', ')}: recorded ${recorded ?? 'none'}, found ${found ?? 'none'}`;
    }),
  ].join('\n');
}
