import { describe, expect, test } from 'vitest';
import { judgeQuestion, parseJudgePrompts } from '../../../../src/compare/index.ts';
import { loadText } from '../../../../src/data/index.ts';
import { WITH_RECORDS } from '../../../fixtures/public-records.ts';
import { MT_BENCH } from './mt-bench-prompts.ts';

const parse = (...rows: object[]) =>
  parseJudgePrompts(rows.map(row => `${JSON.stringify(row)}\n`).join(''), 'p.jsonl');
const RUBRIC = { prompt_template: 'Q {question} A {answer}', type: 'single' };

describe('a prompt file', () => {
  test('states type, form and scale', () => {
    expect(
      parse({ ...RUBRIC, scale: [0, 5], output_format: '[[rating]]', system_prompt: 'Be fair.' }),
    ).toEqual([
      {
        category: 'general',
        system: 'Be fair.',
        template: 'Q {question} A {answer}',
        instruction: '',
        type: 'single',
        form: 'rating',
        scale: { low: 0, high: 5 },
      },
    ]);
  });

  test.each([
    ['Say which: [[A]] or [[B]]. {question} {answer_a} {answer_b}', 'verdict'],
    ['Two scores. {question} {answer_1} {answer_2}', 'scores'],
  ])('asks by %j for %s, on a scale of 1 to 10', (prompt_template, form) => {
    expect(parse({ prompt_template })).toMatchObject([
      { type: 'pairwise', form, scale: { low: 1, high: 10 }, category: 'general', system: '' },
    ]);
  });

  test.each<[string, object, string]>([
    ['no template', { category: 'general' }, 'p.jsonl:1: prompt_template, and texts as'],
    [
      'another type',
      { ...RUBRIC, type: 'triple' },
      'type as one of pairwise, single is required, found "triple"',
    ],
    [
      'a form of another type',
      { ...RUBRIC, output_format: '[[A]]' },
      'output_format as one of rating is required',
    ],
    [
      'a scale upside down',
      { ...RUBRIC, scale: [5, 1] },
      'scale as [lowest, highest] is required, found [5,1]',
    ],
    ['a place that nothing fills', { ...RUBRIC, prompt_template: '{question} {answr}' }, 'found {answr}'],
    [
      'no place for an answer',
      { ...RUBRIC, prompt_template: '{question}' },
      'a place for {answer} or {answer_1}',
    ],
    [
      'a place for one answer of two',
      { prompt_template: '{question} {answer_a}' },
      'a place for {answer_2} or {answer_b} is required, found none',
    ],
    ['no general prompt', { ...RUBRIC, category: 'math' }, 'a single prompt of the category general'],
  ])('with %s is refused', (_name, row, message) => {
    expect(() => parse(row)).toThrow(message);
  });

  test('without a prompt is refused', () => {
    expect(() => parse()).toThrow('p.jsonl: a prompt of a judge is required, found none');
  });
});

describe('judgeQuestion()', () => {
  const turns = [
    { question: 'q1', answers: ['a1', 'b1'], reference: 'r1' },
    { question: 'q2', answers: ['a2', 'b2'], reference: 'r2' },
  ];
  const plain = turns.map(({ question, answers }) => ({ question, answers }));

  test.each([
    ['pairwise', 'writing', plain.slice(0, 1), 'You are pair-v2.', 'Q q1 A a1 B b1'],
    ['pairwise', 'writing', plain, 'You are pair-v2-multi-turn.', 'A1 q1 a1 A2 q2 a2 B1 q1 b1 B2 q2 b2'],
    ['pairwise', 'math', turns.slice(0, 1), 'You are pair-math-v1.', 'Q q1 R r1 A a1 B b1'],
    [
      'pairwise',
      'reasoning',
      turns,
      'You are pair-math-v1-multi-turn.',
      'R r1 r2 A1 q1 a1 A2 q2 a2 B1 b1 B2 b2',
    ],
    // Without a reference, even mathematics is put by the general prompt.
    ['pairwise', 'math', plain.slice(0, 1), 'You are pair-v2.', 'Q q1 A a1 B b1'],
    ['single', 'writing', plain.slice(0, 1), 'You are single-v1.', 'Q q1 A a1'],
    ['single', 'math', turns.slice(0, 1), 'You are single-math-v1.', 'Q q1 R r1 A a1'],
    ['single', 'writing', plain, 'You are single-v1-multi-turn.', 'Q1 q1 A1 a1 Q2 q2 A2 a2'],
    ['single', 'math', turns, 'You are single-math-v1-multi-turn.', 'Q1 q1 R1 r1 A1 a1 Q2 q2 R2 r2 A2 a2'],
  ] as const)(
    'puts %s questions of %s by the prompt that shows what there is',
    (type, category, turns, system, text) => {
      expect(judgeQuestion(MT_BENCH, type, { category, turns })).toMatchObject({
        history: [{ role: 'system', content: system }],
        text,
      });
    },
  );

  test('has no prompt for two turns where none shows them', () => {
    const prompts = parse({ prompt_template: '{question} {answer_a} {answer_b}' });
    expect(judgeQuestion(prompts, 'pairwise', { turns: plain })).toBeUndefined();
  });

  test('fills places once, and leaves other braces as they are', () => {
    const [prompt] = parse({
      ...RUBRIC,
      prompt_template: '{question} {answer} {{answer}} {{"rating": 3}} {"rating": 3} {prompt}',
      defaults: { prompt: 'Rate {question}.' },
    });
    const turns = [{ question: '{answer}', answers: ['$& {prompt}'] }];
    expect(judgeQuestion(prompt ? [prompt] : [], 'single', { turns })).toMatchObject({
      history: [],
      text: '{answer} $& {prompt} $& {prompt} {"rating": 3} {"rating": 3} Rate {question}.',
    });
  });
});

test('Vicuna’s prompts ask for two scores', WITH_RECORDS, async () => {
  const { text, name } = await loadText('fastchat/judge-prompts');
  const prompts = parseJudgePrompts(text, name);
  expect(prompts.map(({ category, type, form }) => [category, type, form])).toEqual([
    ['general', 'pairwise', 'scores'],
    ['coding', 'pairwise', 'scores'],
    ['math', 'pairwise', 'scores'],
  ]);
  const asked = judgeQuestion(prompts, 'pairwise', {
    category: 'coding',
    turns: [{ question: 'Sort {x}.', answers: ['first', 'second'] }],
  });
  expect(asked?.text).toContain("[The Start of Assistant 2's Answer]\nsecond\n");
  expect(asked?.text).toContain('evaluate the coding abilities');
});
