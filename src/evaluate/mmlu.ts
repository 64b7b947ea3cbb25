import { readFile } from 'node:fs/promises';
import { strFromU8, unzipSync } from 'fflate';
import Papa from 'papaparse';
import { type FetchOptions, fetchRecord } from '../data/index.ts';
import { type Benchmark, benchmark } from './benchmark.ts';

/** A question with four answers to choose from. */
export interface MultipleChoice {
  id: string;
  subject: string;
  question: string;
  /** Four texts. */
  choices: readonly string[];
  /** Which of them is right, 0 to 3. */
  answer: number;
}

/** Questions by what they are for. */
export interface MmluItems {
  /** Five a subject, for the prompt. */
  dev: MultipleChoice[];
  val: MultipleChoice[];
  test: MultipleChoice[];
}

/** How to ask MMLU. */
export interface MmluOptions extends FetchOptions {
  /** Examples in the prompt, the first of the subject's five; default 5. */
  shots?: number;
  /** Which questions are asked; default `test`, 14,042. */
  split?: 'val' | 'test';
  /** Subjects, such as `anatomy`; default all 57. */
  subjects?: readonly string[];
  /** Takes one question of each subject in turn, so that a limit keeps to no subject; default yes. */
  interleave?: boolean;
}

/** Log-likelihood of a letter that a server does not list. @see hendrycks/test, `evaluate.py` */
const MISSING_LOGPROB = -100;

const LETTERS = ['A', 'B', 'C', 'D'];

/**
 * MMLU as lm-evaluation-harness asks it: examples of the subject, and the letter whose log-likelihood is largest.
 * The mean is over questions, not subjects. A server that does not echo is asked for its most likely next tokens,
 * and a letter that is not among them counts as {@link MISSING_LOGPROB}, as in the authors' code.
 *
 * @see Hendrycks et al. 2021; Gudibande et al. 2023, Appendix E
 */
export async function mmlu(options: MmluOptions = {}): Promise<Benchmark<MultipleChoice>> {
  const { shots = 5, split = 'test', subjects, interleave = true } = options;
  const { path } = await fetchRecord('mmlu/all', options);
  const all = readMmlu(await readFile(path));
  const bySubject = new Map<string, MultipleChoice[]>();
  for (const item of all.dev) bySubject.set(item.subject, [...(bySubject.get(item.subject) ?? []), item]);
  const unknown = subjects?.find(subject => !bySubject.has(subject));
  if (unknown !== undefined)
    throw new RangeError(
      `Cannot ask MMLU about ${unknown}: its subjects are ${[...bySubject.keys()].join(', ')}`,
    );
  const items = all[split].filter(({ subject }) => subjects?.includes(subject) ?? true);
  return benchmark({
    name: 'mmlu',
    shots,
    items: interleave ? inTurn(items) : items,
    buildPrompt: item => {
      const examples = (bySubject.get(item.subject) ?? []).slice(0, shots);
      const worked = examples
        .map(example => `${questionText(example)} ${LETTERS[example.answer]}\n\n`)
        .join('');
      const subject = item.subject.replaceAll('_', ' ');
      const head = `The following are multiple choice questions (with answers) about ${subject}.\n\n`;
      return {
        prompt: `${head}${worked}${questionText(item)}`,
        continuations: LETTERS.map(letter => ` ${letter}`),
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
 * Reads MMLU's archive: `SPLIT/SUBJECT_SPLIT.csv` without a header, a row a question.
 *
 * @param zip the archive's bytes.
 * @throws {Error} naming the file and row that is no question.
 */
export function readMmlu(zip: Uint8Array): MmluItems {
  const items: MmluItems = { dev: [], val: [], test: [] };
  for (const [path, bytes] of Object.entries(unzipSync(zip))) {
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
      items[split].push({
        id: `${subject}-${split}-${row + 1}`,
        subject,
        question,
        choices: rest.slice(0, 4),
        answer,
      });
    }
  }
  return items;
}

/** The first question of each subject, then the second of each, and so on. */
function inTurn(items: readonly MultipleChoice[]): MultipleChoice[] {
  const seen = new Map<string, number>();
  const placed = items.map(item => {
    const place = seen.get(item.subject) ?? 0;
    seen.set(item.subject, place + 1);
    return { item, place };
  });
  return placed.sort((a, b) => a.place - b.place).map(({ item }) => item);
}
