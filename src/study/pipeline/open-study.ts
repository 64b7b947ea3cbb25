import { join } from 'node:path';
import { packageRoot } from '../../files/index.ts';
import { type OnProgress, progressLine } from '../../runs/index.ts';
import type { WorldScale } from '../../schema.ts';
import { describeStudy, showLines, studyLine } from '../report/describe-study.ts';
import { differingWorld } from './differing-world.ts';
import { worldScale } from './plan-study.ts';
import { runStudy } from './run-study.ts';
import { readStudyFiles, type Study } from './study-files.ts';

/** Options of {@link openStudy}. */
export interface OpenStudyOptions {
  /** Re-runs it, with the same scale and seeds; completed runs in `folder` are kept. */
  fresh?: boolean;
  /** Folder of the new run; default `build/study/SCALE`. */
  folder?: string;
  /** Processes that run it; default one for each core. */
  workers?: number;
  /** Stops the run, which resumes at the next call; default the signal of the notebook cell that is running. */
  signal?: AbortSignal;
  onProgress?: OnProgress;
  /** Receives one line about the study, and one before a new run whose world is another; default they are printed. */
  say?: (line: string) => void;
}

/**
 * Opens the results of a study: those recorded in the package, or those of a folder in which one was run.
 *
 * @param path a folder with `rows.jsonl`; default the one that the variable `IMITATION_LAB_STUDY` of the environment
 *   names, else the package's recorded results.
 * @throws {Error} naming the file that is missing, or the runs that failed.
 * @throws the signal's reason, once it is aborted.
 * @example
 * const { rows } = await openStudy()
 * rows.length // 1152
 */
export async function openStudy(
  path: string = recordedStudy(),
  options: OpenStudyOptions = {},
): Promise<Study> {
  const { fresh = false, say = console.log } = options;
  const found = await readStudy(path);
  const difference = fresh ? differingWorld(found) : undefined;
  if (difference !== undefined) say(`Another study than that of ${path} is run: ${difference}`);
  const study = fresh ? await readStudy(await runAgain(found, options)) : found;
  say(studyLine(study));
  return study;
}

/** Returns the folder of the results that are opened by default. */
export function recordedStudy(): string {
  return process.env.IMITATION_LAB_STUDY ?? join(packageRoot(), 'data', 'runs', 'mini');
}

/** Reads the results of a study and prints nothing. @throws as {@link openStudy} does. */
export async function readStudy(folder: string): Promise<Study> {
  const results = await readStudyFiles(folder);
  const kind = results.manifest.sample === undefined ? 'run' : 'recorded';
  const study: Study = { ...results, folder, kind };
  return showLines(study, () => describeStudy(study).lines);
}

/** Re-runs a study, or the part of it that is not completed. @returns the folder of its results. */
async function runAgain(study: Study, options: OpenStudyOptions): Promise<string> {
  const scale = scaleOf(study);
  const { seeds } = study.manifest;
  const { folder = join(packageRoot(), 'build', 'study', scale), workers, signal, onProgress } = options;
  const { failed } = await runStudy({
    scale,
    seeds,
    folder,
    workers,
    onProgress: onProgress ?? progressLine(),
    ...(signal && { signal }),
  });
  const [first] = failed;
  if (first !== undefined)
    throw new Error(
      `Cannot re-run the study: ${failed.length} runs failed in ${folder}, the first, ${first.label}: ${first.error}`,
    );
  return folder;
}

/** Returns the scale at which a study can be re-run. @throws {RangeError} if it has no world of its own. */
export function scaleOf({ folder, manifest: { scale } }: Study): WorldScale {
  return worldScale(scale, folder);
}
