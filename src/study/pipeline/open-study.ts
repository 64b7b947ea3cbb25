import { join } from 'node:path';
import { packageRoot } from '../../files/index.ts';
import { type OnProgress, progressLine } from '../../runs/index.ts';
import { STUDY_SCALES } from '../config/world-study.ts';
import { describeStudy, showLines, studyLine } from '../report/describe-study.ts';
import { runStudy } from './run-study.ts';
import { readStudyFiles, type Study } from './study-files.ts';

/** How a study is opened. */
export interface OpenStudyOptions {
  /** Runs it again, from the same scale and seeds; what stands in `folder` is not made again. */
  fresh?: boolean;
  /** Where it is run again; default `build/study/SCALE`. */
  folder?: string;
  /** Processes that run it; default one for each core. */
  workers?: number;
  /** Stops the run, which goes on from there at the next call; default the signal of the notebook cell that is running. */
  signal?: AbortSignal;
  onProgress?: OnProgress;
  /** Told in a line what was opened; default it is printed. */
  say?: (line: string) => void;
}

/**
 * Opens the results of a study: those that are recorded in the package, or of a folder in which one was run.
 *
 * @param path a folder with `rows.jsonl`; default the one that the variable `IMITATION_LAB_STUDY` of the environment
 *   names, else the package's recorded results.
 * @throws {Error} naming the file that is missing, or the runs that failed.
 * @throws the signal's reason, once it is aborted.
 * @example
 * const { rows } = await openStudy()
 * const fresh = await openStudy(undefined, { fresh: true }) // trains and asks every model again
 */
export async function openStudy(
  path: string = recordedStudy(),
  options: OpenStudyOptions = {},
): Promise<Study> {
  const { fresh = false, say = console.log } = options;
  const found = await readStudy(path);
  const study = fresh ? await readStudy(await runAgain(found, options)) : found;
  say(studyLine(study));
  return study;
}

/** The folder of the results that are opened by default. */
export function recordedStudy(): string {
  return process.env.IMITATION_LAB_STUDY ?? join(packageRoot(), 'data', 'runs', 'mini');
}

/** Reads the results of a study without a word. @throws as {@link openStudy} does. */
export async function readStudy(folder: string): Promise<Study> {
  const results = await readStudyFiles(folder);
  const kind = results.manifest.sample === undefined ? 'run' : 'recorded';
  const study: Study = { ...results, folder, kind };
  return showLines(study, () => describeStudy(study).lines);
}

/** Runs the study that was found once more, or what of it is left. @returns the folder of its results. */
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
      `Cannot run the study again: ${failed.length} runs failed in ${folder}, the first, ${first.label}: ${first.error}`,
    );
  return folder;
}

/** The scale at which a study can be run again. @throws {RangeError} if it is none of those that train from nothing. */
export function scaleOf({ folder, manifest: { scale } }: Study): keyof typeof STUDY_SCALES {
  const scales = Object.keys(STUDY_SCALES) as (keyof typeof STUDY_SCALES)[];
  const found = scales.find(name => name === scale);
  if (found !== undefined) return found;
  throw new RangeError(
    `Cannot run the study of ${folder} again: the scale ${scales.join(' or ')} is required, found ${scale}`,
  );
}
