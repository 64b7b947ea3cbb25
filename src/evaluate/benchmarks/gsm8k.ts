/*
 * GSM8K: word problems of arithmetic, answered by chain of thought.
 *
 *   Q: Janet’s ducks lay 16 eggs per day. She eats three for breakfast every morning and bakes muffins for her friends
 *      every day with four. She sells the remainder at the farmers' market daily for $2 per fresh duck egg. How much in
 *      dollars does she make every day at the farmers' market?
 *   A: Janet sells 16 - 3 - 4 = 9 duck eggs a day. She makes 9 * 2 = $18 every day at the farmer’s market. #### 18
 */
import type { FetchOptions } from '../../data/index.ts';
import { type Benchmark, benchmark } from '../benchmark.ts';
import type { ShownExample } from '../few-shot-prompt.ts';
import { defineBenchmark } from './define-benchmark.ts';
import { loadItems } from './load-items.ts';

/** A word problem of arithmetic. */
export interface WordProblem {
  id: string;
  question: string;
  /** The number, without commas, such as `1080`. */
  answer: string;
}

/** Options of {@link gsm8k}. */
export interface Gsm8kOptions extends FetchOptions {
  /** Worked examples in the prompt, the first of STaR's; default 6. */
  shots?: number;
  /** Default GSM8K's test set of 1,319. */
  items?: readonly WordProblem[];
}

/** Most tokens of a chain of thought. */
const MAX_TOKENS = 256;

/** The number after `####`, by which GSM8K ends a solution. */
const STATED = /#### (-?[0-9.,]+)/;
/** Any number. */
const NUMBER = /-?[0-9][0-9.,]*/g;

/** GSM8K in the registry. */
export const GSM8K = defineBenchmark({
  name: 'gsm8k',
  title: 'GSM8K',
  request: 'generate-until',
  options: {
    shots: {
      type: 'integer',
      minimum: 0,
      maximum: 6,
      default: 6,
      description: 'worked examples in the prompt',
    },
  },
  metrics: {
    exact_match: {
      label: 'Two-step arithmetic',
      unit: 'share',
      measure: 'sums.exact-match',
      panel: { figure: 4, title: 'Arithmetic (as GSM8K)' },
    },
    flexible: { label: 'GSM8K, last number of the answer', unit: 'share' },
  },
  records: ['gsm8k/test', 'gsm8k/star-prompts'],
  size: { items: 1319, prompt: { mean: 1190, longest: 1260 }, answer: MAX_TOKENS },
  open: gsm8k,
});

/**
 * Opens GSM8K by chain of thought: worked examples from STaR, and exact match of the number after `####`. A second
 * metric, `flexible`, takes the last number of the answer.
 *
 * @throws {RangeError} if there are fewer worked examples than shots.
 * @see Gudibande et al. 2023, Appendix E; Cobbe et al. 2021; Zelikman et al. 2022, STaR
 * @example
 * // Given student.
 * // Needs public records.
 * await evaluate(student, await gsm8k({ shots: 3 }), { limit: 10 })
 */
export async function gsm8k(options: Gsm8kOptions = {}): Promise<Benchmark<WordProblem>> {
  const { shots = 6 } = options;
  const examples = await workedExamples(shots, options);
  return benchmark({
    name: GSM8K.name,
    shots,
    items: options.items ?? (await loadGsm8k('gsm8k/test', options)),
    buildPrompt: ({ question }) => ({
      prompt: { examples, question: `Q: ${question}\nA:`, stop: ['\nQ:', '\n\n'] },
      maxTokens: MAX_TOKENS,
    }),
    score: ({ answer }, { text }) => ({
      exact_match: number(STATED.exec(text)?.[1]) === Number(answer) ? 1 : 0,
      flexible: number(text.match(NUMBER)?.at(-1)) === Number(answer) ? 1 : 0,
    }),
  });
}

async function workedExamples(shots: number, options: FetchOptions): Promise<ShownExample[]> {
  const { loadText } = await import('../../data/index.ts');
  const { text } = await loadText('gsm8k/star-prompts', options);
  const examples = text
    .replaceAll('\r\n', '\n')
    .trim()
    .split(/\n\n(?=Q: )/);
  if (shots > examples.length)
    throw new RangeError(`Cannot open gsm8k: shots must be <= ${examples.length}, got ${shots}`);
  return examples.slice(0, shots).map(example => {
    const [question = '', ...answer] = example.trim().split(/(?<=\nA:) /);
    return { question, answer: answer.join(' ') };
  });
}

/**
 * Loads problems as GSM8K writes them: JSON Lines of `question` and `answer`, which ends in `#### NUMBER`.
 *
 * @param source a path or the name of a public record; default GSM8K's test set.
 * @throws {ReadError} naming file and line.
 * @example
 * // Needs public records.
 * (await loadGsm8k()).length // 1319
 */
export function loadGsm8k(source = 'gsm8k/test', options: FetchOptions = {}): Promise<WordProblem[]> {
  return loadItems(
    source,
    {
      required: 'a question, and an answer that ends in #### NUMBER',
      read: ({ question, answer }, index) => {
        const stated = typeof answer === 'string' ? STATED.exec(answer)?.[1] : undefined;
        if (typeof question !== 'string' || stated === undefined) return undefined;
        return { id: `gsm8k-${index + 1}`, question, answer: stated.replaceAll(',', '') };
      },
    },
    options,
  );
}

/** Reads a number without its commas and the full stop of a sentence; undefined where there is none. */
function number(text: string | undefined): number | undefined {
  const plain = text?.replaceAll(',', '').replace(/\.+$/, '');
  return plain === undefined || plain === '' ? undefined : Number(plain);
}
