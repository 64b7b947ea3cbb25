import type { RunEvent } from '../../jobs/index.ts';
import type { studyRunCommand } from '../commands/study-run.ts';
import type { InputOf } from '../declare/command.ts';
import { FAILED, UsageError } from '../exit.ts';
import { printJson, progressPrinter } from './progress.ts';
import { asConfigured, fullStudyConfig, studyChoice } from './study-config.ts';
import { untilInterrupted } from './until-interrupted.ts';

/** Runs a study, or resumes it. */
export async function run(input: InputOf<typeof studyRunCommand>): Promise<void> {
  const { scale, seeds, out, workers, dryRun, json, quiet } = input;
  if (dryRun) {
    if (scale !== 'full') throw new UsageError(`--dry-run requires --scale full, got ${scale}`);
    const { printDryRun } = await import('./study-dry-run.ts');
    const config = await fullStudyConfig(input);
    return asConfigured(input, () => printDryRun(config, { seeds, folder: out ?? '.', json, quiet }));
  }
  if (out === undefined) throw new UsageError('--out is required, got none');
  const choice = await studyChoice(input);
  const { runStudy } = await import('../../study/index.ts');
  const onProgress = await progressPrinter(input);
  await untilInterrupted(
    async signal => {
      const how = {
        folder: out,
        workers,
        signal,
        onProgress,
        ...(json && !quiet && { onEvent: printEvent }),
      };
      const { existing, completed, failed, waiting } = await asConfigured(input, () =>
        runStudy({ ...choice, ...how }),
      );
      if (json) printJson({ out, existing, completed, failed, waiting: waiting.map(({ id }) => id) });
      for (const { label, error } of failed) console.error(`${label} failed: ${error}`);
      if (failed.length > 0) {
        process.exitCode = FAILED;
        console.error(
          `No rows are written: ${failed.length} runs failed, ${waiting.length} wait for them; re-run the command to retry them`,
        );
      } else if (!json)
        console.error(`${out}: ${completed} runs completed, ${existing} existed; its rows are in rows.jsonl`);
    },
    () => {
      if (json) printJson({ out, ended: 'interrupted' });
      else console.error(`\nStopped; re-run the command to resume with ${out}`);
    },
  );
}

/** Prints the end of a run as a JSON line. */
function printEvent(event: RunEvent): void {
  if (event.type !== 'done' && event.type !== 'failed') return;
  const { run, ...rest } = event;
  const { id, stage, label } = run;
  printJson({ run: id, stage, label, ...rest });
}
