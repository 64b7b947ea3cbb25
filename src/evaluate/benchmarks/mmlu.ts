/*
 * MMLU: questions with four choices from 57 subjects, scored by the log-likelihoods of the letters.
 *
 *   Find all c in Z_3 such that Z_3[x]/(x^2 + c) is a field.
 *   A. 0
 *   B. 1
 *   C. 2
 *   D. 3
 *   Answer: B
 */
import { readFile } from 'node:fs/promises';
import type { FetchOptions } from '../../data/index.ts';
import { type Benchmark, benchmark } from '../benchmark.ts';
import { defineBenchmark } from './define-benchmark.ts';

/** A question with four choices. */
export interface MultipleChoice {
  id: string;
  subject: string;
  question: string;
  /** Four texts. */
  choices: readonly string[];
  /** Index of the right one, 0 to 3. */
  answer: number;
}

/** Questions by split. */
export interface MmluItems {
  /** Five a subject, the examples of prompts. */
  dev: MultipleChoice[];
  val: MultipleChoice[];
  test: MultipleChoice[];
}

/** Options of {@link mmlu}. */
export interface MmluOptions extends FetchOptions {
  /** Examples in the prompt, the first of the subject's five; default 5. */
  shots?: number;
  /** Questions that are asked; default `test`, 14,042. */
  split?: 'val' | 'test';
  /** Subjects, such as `anatomy`; default all 57. */
  subjects?: readonly string[];
  /** Takes one question of each subject in turn, so that a limit keeps to no subject; default yes. */
  interleave?: boolean;
}

/** Log-likelihood of a letter that is not among a server's most likely next tokens. @see hendrycks/test, `evaluate.py` */
const MISSING_LOGPROB = -100;

const LETTERS = ['A', 'B', 'C', 'D'];

/** MMLU in the registry. */
export const MMLU = defineBenchmark({
  name: 'mmlu',
  title: 'MMLU',
  request: 'loglikelihood',
  options: {
    shots: { type: 'integer', minimum: 0, maximum: 5, default: 5, description: 'examples in the prompt' },
    split: {
      type: 'string',
      enum: ['val', 'test'],
      default: 'test',
      description: 'questions that are asked',
    },
    subjects: { type: 'array', items: { type: 'string' }, description: 'only these subjects' },
  },
  metrics: {
    acc: {
      label: 'Multiple choice',
      unit: 'share',
      measure: 'choice.accuracy',
      chance: 1 / 4,
      panel: { figure: 4, title: 'Multiple choice (as MMLU)' },
    },
  },
  records: ['mmlu/all'],
  size: { items: 14_042, prompt: { mean: 693, longest: 2969 }, answer: LETTERS.length },
  open: mmlu,
});

/**
 * Opens MMLU as lm-evaluation-harness asks it: examples of the subject, and the letter whose log-likelihood is
 * largest. The mean is over questions, not subjects. A server that does not echo is asked for its most likely next
 * tokens, and a letter that is not among them counts as {@link MISSING_LOGPROB}, as in the authors' code.
 *
 * @see Hendrycks et al. 2021; Gudibande et al. 2023, Appendix E
 * @example
 * // Given student.
 * // Needs public records.
 * await evaluate(student, await mmlu({ shots: 5, subjects: ['anatomy'] }), { limit: 10 })
 */
export async function mmlu(options: MmluOptions = {}): Promise<Benchmark<MultipleChoice>> {
  const { shots = 5, split = 'test', subjects, interleave = true } = options;
  const all = await loadMmlu(options);
  const bySubject = new Map<string, MultipleChoice[]>();
  for (const item of all.dev) bySubject.set(item.subject, [...(bySubject.get(item.subject) ?? []), item]);
  const unknown = subjects?.find(subject => !bySubject.has(subject));
  if (unknown !== undefined)
    throw new RangeError(
      `Cannot ask MMLU about ${unknown}: its subjects are ${[...bySubject.keys()].join(', ')}`,
    );
  const items = all[split].filter(({ subject }) => subjects?.includes(subject) ?? true);
  return benchmark({
    name: MMLU.name,
    shots,
    items: interleave ? interleaved(items) : items,
    buildPrompt: item => {
      const worked = (bySubject.get(item.subject) ?? []).slice(0, shots);
      const examples = worked.map(example => ({
        question: questionText(example),
        answer: LETTERS[example.answer] ?? '',
      }));
      const subject = item.subject.replaceAll('_', ' ');
      const instruction = `The following are multiple choice questions (with answers) about ${subject}.\n\n`;
      return {
        prompt: { instruction, examples, question: questionText(item) },
        continuations: LETTERS,
        missingLogprob: MISSING_LOGPROB,
      };
    },
    score: ({ answer }, { logprobs }) => ({
      acc: logprobs.indexOf(Math.max(...logprobs)) === answer ? 1 : 0,
    }),
  });
}

function questionText({ question, choices }: MultipleChoice): string {
  const lines = choices.map((choice, index) => `${LETTERS[index]}. ${choice}`);
  return [question.trim(), ...lines, 'Answer:'].join('\n');
}

/**
 * Loads MMLU's archive: `SPLIT/SUBJECT_SPLIT.csv` without a header, a row a question.
 *
 * @throws {Error} if it cannot be fetched, or naming the file and row that is no question.
 */
export async function loadMmlu(options: FetchOptions = {}): Promise<MmluItems> {
  const { fetchRecord } = await import('../../data/index.ts');
  const { strFromU8, unzipSync } = await import('fflate');
  const { default: Papa } = await import('papaparse');
  const { path: archive } = await fetchRecord('mmlu/all', options);
  const items: MmluItems = { dev: [], val: [], test: [] };
  for (const [path, bytes] of Object.entries(unzipSync(await readFile(archive)))) {
    const [, split, subject] = /(?:^|\/)(dev|val|test)\/(\w+)_\1\.csv$/.exec(path) ?? [];
    if (subject === undefined || (split !== 'dev' && split !== 'val' && split !== 'test')) continue;
    const { data } = Papa.parse<string[]>(strFromU8(bytes), { skipEmptyLines: true });
    for (const [row, cells] of data.entries()) {
      const [question = '', ...rest] = cells;
      const answer = LETTERS.indexOf(rest[4]?.trim() ?? '');
      if (cells.length !== 6 || answer < 0)
        throw new Error(
          `Cannot read ${path}, row ${row + 1}: a question, four answers and a letter are required`,
        );
      const id = `${subject}-${split}-${row + 1}`;
      items[split].push({ id, subject, question, choices: rest.slice(0, 4), answer });
    }
  }
  return items;
}

/** Orders questions by turns: the first of each subject, then the second of each, and so on. */
function interleaved(items: readonly MultipleChoice[]): MultipleChoice[] {
  const counts = new Map<string, number>();
  const turns = items.map(item => {
    const turn = counts.get(item.subject) ?? 0;
    counts.set(item.subject, turn + 1);
    return { item, turn };
  });
  return turns.sort((a, b) => a.turn - b.turn).map(({ item }) => item);
}
