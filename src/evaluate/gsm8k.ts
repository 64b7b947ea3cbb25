import { type FetchOptions, loadText } from '../data/index.ts';
import { parseJsonl, ReadError, shown } from '../readers/index.ts';
import { type Benchmark, benchmark } from './benchmark.ts';

/** A word problem of arithmetic. */
export interface WordProblem {
  id: string;
  question: string;
  /** The number, without commas, such as `1080`. */
  answer: string;
}

/** How to ask GSM8K. */
export interface Gsm8kOptions extends FetchOptions {
  /** Worked examples in the prompt, the first of STaR's prompts; default 6. */
  shots?: number;
  /** Items of one's own; default GSM8K's test set of 1,319. */
  items?: readonly WordProblem[];
}

/** Most tokens of a chain of thought. */
const MAX_TOKENS = 256;

/** The number after `####`, by which GSM8K ends a solution. */
const STATED = /#### (-?[0-9.,]+)/;
/** Any number. */
const NUMBER = /-?[0-9][0-9.,]*/g;

/**
 * GSM8K by chain of thought: worked examples from STaR, and the number after `####`. A second metric, `flexible`,
 * takes the last number of the answer, wherever it stands.
 *
 * @see Gudibande et al. 2023, Appendix E; Cobbe et al. 2021; Zelikman et al. 2022, STaR
 */
export async function gsm8k(options: Gsm8kOptions = {}): Promise<Benchmark<WordProblem>> {
  const { shots = 6 } = options;
  const { text } = await loadText('gsm8k/star-prompts', options);
  const worked = text
    .replaceAll('\r\n', '\n')
    .trim()
    .split(/\n\n(?=Q: )/);
  if (shots > worked.length)
    throw new RangeError(`Cannot ask GSM8K with ${shots} examples: at most ${worked.length} are there`);
  const examples = worked
    .slice(0, shots)
    .map(example => `${example.trim()}\n\n`)
    .join('');
  return benchmark({
    name: 'gsm8k',
    shots,
    items: options.items ?? (await gsm8kItems(options)),
    buildPrompt: ({ question }, promptFormat) => ({
      prompt: `${examples}Q: ${question}\nA:`,
      maxTokens: MAX_TOKENS,
      ...(promptFormat === 'raw' && { stop: ['\nQ:', '\n\n'] }),
    }),
    score: ({ answer }, { text }) => ({
      exact_match: number(STATED.exec(text)?.[1]) === Number(answer) ? 1 : 0,
      flexible: number(text.match(NUMBER)?.at(-1)) === Number(answer) ? 1 : 0,
    }),
  });
}

/** GSM8K's test set. */
export async function gsm8kItems(options: FetchOptions = {}): Promise<WordProblem[]> {
  const { text, name } = await loadText('gsm8k/test', options);
  return readGsm8k(text, name);
}

/**
 * Reads problems as GSM8K writes them: JSON Lines of `question` and `answer`, which ends in `#### NUMBER`.
 *
 * @throws {ReadError} naming file and line.
 */
export function readGsm8k(text: string, name: string): WordProblem[] {
  return parseJsonl(text, name).map(({ at, value }, index) => {
    const { question, answer } = value;
    const stated = typeof answer === 'string' ? STATED.exec(answer)?.[1] : undefined;
    if (typeof question === 'string' && stated !== undefined)
      return { id: `gsm8k-${index + 1}`, question, answer: stated.replaceAll(',', '') };
    throw new ReadError({
      at,
      required: 'a question, and an answer that ends in #### NUMBER',
      found: shown(value),
    });
  });
}

/** A number as it is written, without commas and the full stop of a sentence; undefined where there is none. */
function number(text: string | undefined): number | undefined {
  const plain = text?.replaceAll(',', '').replace(/\.+$/, '');
  return plain === undefined || plain === '' ? undefined : Number(plain);
}
