import type { StudyVerification } from '../../study/index.ts';
import type { studyVerifyCommand } from '../commands/study-verify.ts';
import type { InputOf } from '../declare/command.ts';
import { FAILED } from '../exit.ts';
import { printJson, progressPrinter } from './progress.ts';
import { untilInterrupted } from './until-interrupted.ts';

/** Re-runs a part of a study, and compares its rows with the recorded ones. */
export async function run({
  out,
  work,
  json,
  quiet,
  ...options
}: InputOf<typeof studyVerifyCommand>): Promise<void> {
  const { verifyStudy } = await import('../../study/index.ts');
  const onProgress = await progressPrinter({ quiet: quiet ?? json });
  await untilInterrupted(
    async signal => {
      const folders = {
        ...(out !== undefined && { recorded: out }),
        ...(work !== undefined && { folder: work }),
      };
      const verification = await verifyStudy({ ...options, ...folders, signal, onProgress });
      if (json) printJson(verification);
      else console.log(await verificationText(verification));
      if (verification.different.length > 0) process.exitCode = FAILED;
    },
    () => console.error(`\nStopped${work === undefined ? '' : `; re-run with --work ${work} to resume`}`),
  );
}

async function verificationText(verification: StudyVerification): Promise<string> {
  const { seed, models, rows, exact, samePlan, different } = verification;
  const { TOLERANCE } = await import('../../study/index.ts');
  const { share, percent, correlation, difference, nats } = TOLERANCE;
  const required = exact
    ? 'equal to the bit, as on the same processor and TensorFlow'
    : `within ${share} of a share, ${percent} of a percentage, ${correlation} of a correlation, ${difference} of a difference and ${nats} nats, as on another kind of machine`;
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
