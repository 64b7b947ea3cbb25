import type { DryRun, DryRunRow, GivenCheckpointStudy } from '../../study/index.ts';
import { FAILED } from '../exit.ts';
import { type Output, printJson, progressPrinter } from './progress.ts';
import { untilInterrupted } from './until-interrupted.ts';

/** Prints what a study requires and lacks, and the outcome of a small-scale rehearsal. */
export async function printDryRun(
  config: GivenCheckpointStudy,
  { json, quiet, ...options }: Output & { seeds: readonly number[]; folder: string },
): Promise<void> {
  const { dryRun } = await import('../../study/index.ts');
  const onProgress = await progressPrinter({ json, quiet });
  await untilInterrupted(async signal => {
    const result = await dryRun(config, { ...options, signal, onProgress });
    if (json) printJson(result);
    else console.log(textOf(result));
    const lacks = result.checks.some(({ state }) => state === 'missing');
    if (lacks || result.rehearsal.failed.length > 0) process.exitCode = FAILED;
  });
}

const MARKS = { ok: '✓', note: '·', missing: '✗' } as const;

function textOf({ device, checks, runs, total, rehearsal }: DryRun): string {
  const lines = checks.map(
    ({ what, state, required, found }) =>
      `${MARKS[state]} ${what}: ${found}${state === 'ok' ? '' : ` (required: ${required})`}`,
  );
  const priced = total.cost === null ? '' : `, cost ${total.cost.toFixed(2)}`;
  const left =
    total.unknown > 0 ? `; the time of ${total.unknown} runs is unknown until their data exists` : '';
  const share = Math.round(100 * device.utilization);
  return [
    ...lines,
    '',
    ...table(runs),
    '',
    `${total.runs} runs, ${hoursOf(total.hours)}${priced}${left}. Estimated at ${share} % of ${device.teraflops.toPrecision(3)} TFLOP/s and at ${device.bandwidth.toPrecision(3)} GB/s.`,
    '',
    ...rehearsed(rehearsal),
  ].join('\n');
}

/** Formats the runs as a table, a line each. */
function table(runs: readonly DryRunRow[]): string[] {
  const priced = runs.some(({ cost }) => cost !== null);
  const cells = runs.map(({ label, tokens, operations, memory, hours, cost }) => [
    label,
    tokens === null ? '?' : tokens === 0 ? '–' : `${short(tokens)}`,
    operations === null ? '?' : operations === 0 ? '–' : operations.toExponential(1),
    memory === 0 ? '–' : `${memory.toPrecision(3)} GB`,
    hours === null ? '?' : hoursOf(hours),
    ...(priced ? [cost === null ? '?' : cost.toFixed(2)] : []),
  ]);
  const head = ['run', 'tokens', 'operations', 'memory', 'time', ...(priced ? ['cost'] : [])];
  const widths = head.map((_, column) => Math.max(...[head, ...cells].map(row => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ');
  return [head, ...cells].map(line);
}

function short(tokens: number): string {
  return tokens >= 1e6 ? `${(tokens / 1e6).toPrecision(3)} M` : `${Math.round(tokens / 1e3)} k`;
}

function hoursOf(hours: number): string {
  if (hours < 1 / 60) return `${Math.round(3600 * hours)} s`;
  return hours < 2 ? `${Math.round(60 * hours)} min` : `${Math.round(hours).toLocaleString('en-US')} h`;
}

function rehearsed({
  architectures,
  runs,
  rows,
  failed,
  madeUp,
  leftOut,
  folder,
  seconds,
}: DryRun['rehearsal']): string[] {
  const tried = `Rehearsed with two examples and tiny random weights, in the architecture of ${architectures.join(' and of ')}`;
  const came = `${runs} runs, ${rows} rows in ${Math.round(seconds)} s, at ${folder}`;
  return [
    `${failed.length === 0 ? '✓' : '✗'} ${tried}: ${came}`,
    ...(madeUp.length === 0 ? [] : [`  Synthetic examples replace ${madeUp.join(', ')}`]),
    ...(leftOut.length === 0 ? [] : [`  Not rehearsed, because not available: ${leftOut.join(', ')}`]),
    ...failed.map(({ label, error }) => `  ${label} failed: ${error}`),
  ];
}
