import type { LanguageModel } from '../../chat/index.ts';
import {
  type Benchmark,
  benchmark,
  type EvaluateOptions,
  evaluate,
  HUMANEVAL_STOPS,
  humanEvalCode,
  type ItemRow,
  type ShownExample,
  summarize,
} from '../../evaluate/index.ts';
import type { CodingProblem } from '../../world/index.ts';
import type { Asked } from './few-shot.ts';
import { type Form, formsOf, inForm } from './forms.ts';
import { judgePrograms } from './judge-programs.ts';
import { type Measurement, measured } from './measurement.ts';

/** A coding problem: a function to write. */
export type AskedCodingProblem = Asked<Pick<CodingProblem, 'id' | 'prompt' | 'test' | 'entryPoint'>>;

/** Functions to write, and others that are shown whole. */
export interface CodingItems<Item extends AskedCodingProblem = AskedCodingProblem> {
  items: readonly Item[];
  examples: readonly Pick<CodingProblem, 'prompt' | 'solution'>[];
}

/** Most tokens of a function and of the words around it. */
const MAX_TOKENS = 96;

/** Makes a benchmark of functions to write. Programs are judged together, once all are written: {@link measureCoding}. */
export function codingBenchmark<Item extends AskedCodingProblem>({
  items,
  examples,
}: CodingItems<Item>): Benchmark<Item> {
  return benchmark({
    name: 'programs',
    shots: examples.length,
    items,
    // The new line is the model's to write: a tokenizer that strips an answer's first space would break its indentation.
    buildPrompt: ({ prompt, request: alone = prompt }) => ({
      prompt: {
        examples: examples.map(shown),
        question: prompt.trimEnd(),
        alone,
        delimiter: '\n',
        stop: HUMANEVAL_STOPS,
      },
      maxTokens: MAX_TOKENS,
    }),
    score: () => ({}),
  });
}

/**
 * Measures the share of functions that pass their tests in the sandbox: in plain text, where a model continues the
 * function's beginning, and in a chat, after examples and without, where an answer that holds the whole function counts
 * as such, in a code block or not.
 *
 * @throws as {@link evaluate} and `runPython` do.
 * @see Gudibande et al. 2023, Appendix E, HumanEval
 */
export async function measureCoding(
  model: LanguageModel,
  coding: CodingItems,
  options: Omit<EvaluateOptions, 'folder' | 'limit' | 'promptFormat'> = {},
): Promise<Measurement[]> {
  const written = codingBenchmark(coding);
  const byId = new Map(coding.items.map(task => [task.id, task]));
  const answers: { form: Form; item: ItemRow; program: string | null }[] = [];
  for (const form of formsOf(written)) {
    const { items } = await evaluate(model, written, { ...options, promptFormat: form });
    for (const item of items) {
      const task = byId.get(item.id);
      const program = task === undefined || item.text == null ? null : programOf(task, item.text);
      answers.push({ form, item, program });
    }
  }
  const passed = await judgePrograms(
    answers.flatMap(({ program }) => program ?? []),
    options,
  );
  const verdicts = passed.values();
  const scored = answers.map(({ form, item, program }) => {
    const pass = program === null ? null : (verdicts.next().value ?? null);
    return { form, item: { ...item, scores: { pass } } };
  });
  return formsOf(written).map(form => {
    const items = scored.flatMap(each => (each.form === form ? [each.item] : []));
    const [pass] = summarize(items, options.seed);
    const none = { value: null, low: null, high: null, n: 0 };
    const reason = items.find(item => item.reason !== undefined)?.reason ?? 'no program could be judged';
    return measured(
      inForm('programs.pass', form),
      pass ?? none,
      pass?.unscored ?? coding.items.length,
      reason,
    );
  });
}

function shown({ prompt, solution }: Pick<CodingProblem, 'prompt' | 'solution'>): ShownExample {
  return { question: prompt.trimEnd(), answer: solution.trimEnd() };
}

/**
 * Builds the program that raises nothing if the answer is right: with all that the reader of answers keeps of it, as
 * HumanEval has it.
 */
export function programOf({ prompt, test, entryPoint }: AskedCodingProblem, answer: string): string {
  const code = humanEvalCode({ entryPoint }, answer);
  const isWhole = new RegExp(`^(?:async\\s+)?def\\s+${entryPoint}\\b`, 'm').test(code);
  return `${isWhole ? code : `${prompt}${code}`}\n${test}\ncheck(${entryPoint})`;
}
