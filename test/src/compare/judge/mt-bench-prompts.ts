import { parseJudgePrompts } from '../../../../src/compare/index.ts';

/** Prompts with the names, places and forms of MT-bench's. */
export const MT_BENCH_ROWS = [
  ['pair-v2', 'pairwise', 'general', '[[A]]', 'Q {question} A {answer_a} B {answer_b}'],
  ['pair-math-v1', 'pairwise', 'math', '[[A]]', 'Q {question} R {ref_answer_1} A {answer_a} B {answer_b}'],
  [
    'pair-v2-multi-turn',
    'pairwise',
    'general',
    '[[A]]',
    'A1 {question_1} {answer_a_1} A2 {question_2} {answer_a_2} B1 {question_1} {answer_b_1} B2 {question_2} {answer_b_2}',
  ],
  [
    'pair-math-v1-multi-turn',
    'pairwise',
    'math',
    '[[A]]',
    'R {ref_answer_1} {ref_answer_2} A1 {question_1} {answer_a_1} A2 {question_2} {answer_a_2} B1 {answer_b_1} B2 {answer_b_2}',
  ],
  ['single-v1', 'single', 'general', '[[rating]]', 'Q {question} A {answer}'],
  ['single-math-v1', 'single', 'math', '[[rating]]', 'Q {question} R {ref_answer_1} A {answer}'],
  [
    'single-v1-multi-turn',
    'single',
    'general',
    '[[rating]]',
    'Q1 {question_1} A1 {answer_1} Q2 {question_2} A2 {answer_2}',
  ],
  [
    'single-math-v1-multi-turn',
    'single',
    'math',
    '[[rating]]',
    'Q1 {question_1} R1 {ref_answer_1} A1 {answer_1} Q2 {question_2} R2 {ref_answer_2} A2 {answer_2}',
  ],
].map(([name, type, category, output_format, prompt_template]) => ({
  ...{ name, type, category, output_format, prompt_template },
  system_prompt: `You are ${name}.`,
  description: name,
}));

/** The file of {@link MT_BENCH_ROWS}. */
export const MT_BENCH_FILE = MT_BENCH_ROWS.map(row => `${JSON.stringify(row)}\n`).join('');

/** The same as prompts. */
export const MT_BENCH = parseJudgePrompts(MT_BENCH_FILE, 'judge_prompts.jsonl');
