import { assemble, type Labelled, type LabelledAnswers, loadColumns, uniqueIds } from '../compare/index.ts';
import { type LoadOptions, loadPrompts, type Source } from '../data/index.ts';
import { modelsOf } from '../readers/index.ts';
import type { Comparison, Prompt } from '../schema.ts';
import { splitWords } from '../text/index.ts';
import type { ReportRoles } from './aligned.ts';
import { nearbyQuestions } from './nearby-questions.ts';
import type { ComparedSide } from './report-document.ts';
import { loadRecordedModel, runCost } from './run-cost.ts';

/** Sources of the answers of a report. */
export interface SideSources {
  teacher: Labelled;
  students: Labelled | readonly Source[];
  base?: Labelled | undefined;
  secondTeacher?: Labelled | undefined;
  /** Texts and categories of the prompts; default FastChat's questions beside the teacher's answers. */
  prompts?: Source | undefined;
}

/** A side as it was read. */
export interface LoadedSide extends Omit<ComparedSide, 'words'> {
  /** Words of the reasoning that its file holds apart from the answers. */
  reasoning: number;
}

/** Answers of all sides next to each other. */
export interface LoadedSides {
  comparison: Comparison;
  roles: ReportRoles;
  sides: LoadedSide[];
  /** Ids by the names that judgements may give: ids, labels and names of models. */
  ids: ReadonlyMap<string, string>;
  notes: string[];
}

/** A column of answers and its part in the report. */
interface Side {
  role: ComparedSide['role'];
  column: LabelledAnswers;
  /** Path of its file, or name of its record; undefined where it was not read from one. */
  path: string | undefined;
}

/**
 * Loads the answers of all sides and joins them by prompt.
 *
 * @throws {Error} if a teacher, base or second teacher is not one model, or no student is given.
 * @throws as `loadAnswers` does.
 */
export async function loadSides(sources: SideSources, options: LoadOptions = {}): Promise<LoadedSides> {
  const { teacher, base, secondTeacher } = sources;
  const given = [
    await oneSide('teacher', teacher, options),
    ...(base === undefined ? [] : [await oneSide('base', base, options)]),
    ...(secondTeacher === undefined ? [] : [await oneSide('second-teacher', secondTeacher, options)]),
    ...(
      await Promise.all(eachSource(sources.students).map(source => sidesOf('student', source, options)))
    ).flat(),
  ];
  if (!given.some(({ role }) => role === 'student'))
    throw new Error('Cannot report: answers of a student are required, found none');
  const { prompts, notes } = await promptsFor(sources, given, options);
  const ids = uniqueIds(given.map(({ column }) => column.label));
  const idOf = (role: Side['role']) => ids.filter((_, i) => given[i]?.role === role);
  const [teacherId = ''] = idOf('teacher');
  const others = [...idOf('base'), ...idOf('second-teacher')];
  const comparison = assemble(
    given.map(({ column }) => column),
    { teacher: teacherId, prompts, roles: Object.fromEntries(others.map(id => [id, 'other'])) },
  );
  return {
    comparison,
    roles: {
      teacher: teacherId,
      base: idOf('base')[0],
      secondTeacher: idOf('second-teacher')[0],
      students: idOf('student'),
    },
    sides: await Promise.all(given.map((side, i) => loadedSide(ids[i] ?? '', side))),
    ids: namesOf(given, ids),
    notes,
  };
}

async function sidesOf(
  role: Side['role'],
  source: Labelled | readonly Source[],
  options: LoadOptions,
): Promise<Side[]> {
  const [path] = typeof source === 'string' ? [source] : Object.values(source);
  const columns = await loadColumns(source, options);
  return columns.map(column => ({ role, column, path: typeof path === 'string' ? path : undefined }));
}

/** Splits several files, or several labelled sources, into one each. */
function eachSource(sources: Labelled | readonly Source[]): (Labelled | readonly Source[])[] {
  if (typeof sources === 'string') return [sources];
  if (Array.isArray(sources))
    return sources.every(source => typeof source === 'string') ? sources : [sources];
  if ('generations' in sources || 'objects' in sources) return [sources];
  return Object.entries(sources).map(([label, source]) => ({ [label]: source }));
}

async function oneSide(role: Side['role'], source: Labelled, options: LoadOptions): Promise<Side> {
  const sides = await sidesOf(role, source, options);
  const [side] = sides;
  if (side !== undefined && sides.length === 1) return side;
  const found = sides.map(({ column }) => column.label).join(', ') || 'none';
  throw new Error(`Cannot report: answers of one ${role.replace('-', ' ')} are required, found ${found}`);
}

async function promptsFor(
  { prompts, teacher }: SideSources,
  sides: readonly Side[],
  options: LoadOptions,
): Promise<{ prompts: Prompt[]; notes: string[] }> {
  if (prompts !== undefined) return { prompts: await loadPrompts(prompts, options), notes: [] };
  if (sides.some(({ column }) => column.answers.prompts.length > 0)) return { prompts: [], notes: [] };
  const nearby = typeof teacher === 'string' ? await nearbyQuestions(teacher) : undefined;
  if (nearby === undefined)
    return {
      prompts: [],
      notes: ['The texts of the prompts are not known, so echoes and words of prompts are not left out.'],
    };
  return {
    prompts: await loadPrompts(nearby, options),
    notes: [`The texts of the prompts were read from ${nearby}.`],
  };
}

async function loadedSide(name: string, { role, column: { answers }, path }: Side): Promise<LoadedSide> {
  const { generations } = answers;
  const recorded = path === undefined ? {} : await loadRecordedModel(`${path}.manifest.json`);
  return {
    name,
    role,
    source: answers.name,
    answers: generations.filter(({ text }) => text !== null).length,
    cost: runCost(generations, recorded),
    reasoning: generations.reduce((sum, { reasoning = '' }) => sum + splitWords(reasoning).length, 0),
  };
}

/** Maps every name of a side to its id; a name that several sides have is the first one's. */
function namesOf(sides: readonly Side[], ids: readonly string[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const [i, { column }] of sides.entries()) {
    const id = ids[i] ?? '';
    for (const name of [id, column.label, ...modelsOf(column.answers)])
      if (!names.has(name)) names.set(name, id);
  }
  return names;
}
