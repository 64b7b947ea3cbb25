import { withDisplay } from '../../notebook/index.ts';
import { duration } from '../../runs/index.ts';
import type { StudyRow } from '../../schema.ts';
import { escapeHtml } from '../../text/index.ts';
import type { Study } from '../pipeline/study-files.ts';

/** Description of a study in a few lines; a notebook shows them as a paragraph. */
export interface StudyDescription {
  lines: string[];
}

/** Names of the items that each model is asked, with a measure that counts them. */
const ITEMS = {
  prompts: 'style.unigram',
  'questions on facts': 'facts.exact-match',
  'arithmetic problems': 'sums.exact-match',
  'coding problems': 'programs.pass',
  'news items': 'summaries.rouge1',
  'toxic beginnings': 'toxicity.non-toxic',
} as const;

/**
 * Describes a study in a few lines: its seeds, models and items, its intervals, and the device, time and versions
 * behind it.
 *
 * @example
 * describeStudy(await openStudy()).lines[0]
 */
export function describeStudy(study: Study): StudyDescription {
  const lines = [
    `${studyLine(study)}.`,
    `A seed has ${modelsOf(study.rows)}; each is asked ${itemsOf(study.rows)}. ${intervalsOf(study)}`,
    `${deviceOf(study)}; ${versionsOf(study)}; ${timeOf(study)}.`,
  ];
  return showLines({ lines }, () => lines);
}

/** Makes a value display itself as lines: in a notebook as a paragraph. */
export function showLines<T extends object>(value: T, lines: () => readonly string[]): T {
  const text = () => lines().join('\n');
  const html = () => `<p>${lines().map(escapeHtml).join('<br>\n')}</p>`;
  return withDisplay(value, () => ({ 'text/html': html(), 'text/plain': text() }), text);
}

/** Summarizes a study in one line: `Recorded live study mini: seeds 1, 2 and 3, …`. */
export function studyLine({ kind, manifest }: Study): string {
  const { scale, seeds, made, elapsed, device } = manifest;
  const what = kind === 'recorded' ? 'Recorded live study' : 'Live study';
  const numbers = seeds.length === 1 ? `seed ${seeds[0]}` : `seeds ${listed(seeds)}`;
  return `${what} ${scale}: ${numbers}, ${made.slice(0, 10)}, ${duration(elapsed)} on ${device.cores} × ${device.cpu}`;
}

/** Counts models: `2 base models of 3,136 to 12,448 parameters, 5 imitation models and the teacher twice`. */
function modelsOf(rows: readonly StudyRow[]): string {
  const trained = rows.filter(({ size }) => size !== null);
  const models = new Set(trained.map(({ model, size, budget }) => `${model} ${size} ${budget}`));
  const sizes = [...new Set(trained.map(({ size }) => size ?? 0))].sort((a, b) => a - b);
  const range = [...new Set([sizes[0], sizes.at(-1)])].map(size => count(size ?? 0)).join(' to ');
  return `${counted(sizes.length, 'base model')} of ${range} parameters, ${counted(models.size - sizes.length, 'imitation model')} and the teacher twice`;
}

function itemsOf(rows: readonly StudyRow[]): string {
  const items = Object.entries(ITEMS).flatMap(([name, measure]) => {
    const most = Math.max(0, ...rows.filter(row => row.measure === measure).map(({ n }) => n));
    return most > 0 ? [`${count(most)} ${name}`] : [];
  });
  return items.length === 0 ? 'nothing' : listed(items);
}

function intervalsOf({ manifest: { seeds } }: Study): string {
  return seeds.length === 1
    ? 'Intervals: 95 %, over the items of the one seed.'
    : `Intervals: 95 %, by Student’s t over the means of the ${seeds.length} seeds.`;
}

function deviceOf({ manifest: { device } }: Study): string {
  return `${device.cpu}, ${device.cores} cores, ${device.memoryGiB} GiB, ${device.platform}`;
}

function versionsOf({ manifest: { versions, commit } }: Study): string {
  const listed = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const changed = commit?.endsWith('+') ? ' with changes' : '';
  return [...listed, ...(commit === null ? [] : [`commit ${commit.slice(0, 10)}${changed}`])].join(', ');
}

function timeOf({ manifest: { seconds } }: Study): string {
  const stages = Object.entries(seconds).map(([stage, took]) => `${stage} ${duration(took)}`);
  return `time of one core by stage: ${stages.join(', ')}`;
}

function counted(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** Joins items: `1, 2 and 3`. */
function listed(items: readonly (string | number)[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
