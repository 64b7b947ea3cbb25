import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  checkComparison,
  parseAnswers,
  parseComparison,
  stringifyComparison,
  stringifyComparisonLines,
} from '../../../src/readers/index.ts';
import type { Comparison } from '../../../src/schema.ts';
import { comparisonWithHugeLine } from '../../fixtures/huge-answer.ts';

const fixture = (name: string) => readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), 'utf8');
const nasty = parseComparison(fixture('nasty.compare.json'), 'nasty.compare.json');

const minimal: Comparison = {
  version: 1,
  answers: [{ id: 'a', label: 'A', role: 'teacher' }],
  items: [{ promptId: '1', prompt: 'Why?', answers: { a: { text: 'So.' } } }],
};
/** The minimal comparison with the value at a path replaced. */
function broken(path: (string | number)[], value: unknown): unknown {
  const copy: unknown = structuredClone(minimal);
  const owner = path.slice(0, -1).reduce<unknown>((part, key) => Reflect.get(Object(part), key), copy);
  Reflect.set(Object(owner), path.at(-1) ?? '', value);
  return copy;
}

describe('the fixture', () => {
  test('is the same comparison as one object and as lines', () => {
    expect(parseComparison(fixture('nasty.compare.jsonl'), 'nasty.compare.jsonl')).toEqual(nasty);
  });

  test('holds every label, role, choice and feature that the schema has', () => {
    const labels = nasty.items.flatMap(item => item.labels ?? []);
    expect(new Set(labels.map(({ label }) => label))).toEqual(new Set(['correct', 'ambiguous', 'incorrect']));
    expect(new Set(labels.map(({ source }) => source))).toEqual(new Set(['human', 'judge', 'truth']));
    expect(nasty.answers.map(({ role }) => role)).toEqual(['teacher', 'imitation', 'other']);
    const choices = nasty.items.flatMap(item => item.ratings ?? []).map(({ choice }) => choice);
    expect(new Set(choices)).toEqual(new Set(['left', 'right', 'tie', 'bad']));
    expect(nasty.metrics).toHaveLength(2);
    expect(nasty.unmatched).toHaveLength(2);
    expect(nasty.duplicates).toHaveLength(1);
  });

  test('quotes the text at each label’s offsets', () => {
    for (const item of nasty.items)
      for (const { model, start, end, quote } of item.labels ?? [])
        expect(item.answers[model]?.text.slice(start, end)).toBe(quote);
  });

  test('is read as answers too, an answer under __proto__ among them', () => {
    const { format, generations, prompts } = parseAnswers(fixture('nasty.compare.json'), { name: 'n.json' });
    expect(format).toBe('comparison');
    expect(prompts).toHaveLength(7);
    expect(generations).toHaveLength(16);
    expect(generations.at(-1)).toMatchObject({ promptId: '__proto__', model: 'imitator', text: 'toString' });
  });
});

test('both layouts read back as written, a line of a megabyte among them', () => {
  for (const comparison of [nasty, comparisonWithHugeLine()]) {
    expect(parseComparison(stringifyComparison(comparison), 'x.compare.json')).toEqual(comparison);
    expect(parseComparison(stringifyComparisonLines(comparison), 'x.compare.jsonl')).toEqual(comparison);
  }
  expect(stringifyComparisonLines(nasty).split('\n')).toHaveLength(9);
});

describe('what breaks the schema is named with its path and value', () => {
  test.each([
    [['version'], 2, '/version: what the schema says (must be equal to constant (1)) is required, found 2'],
    [
      ['answers', 0, 'role'],
      'student',
      '/answers/0/role: what the schema says (must be equal to one of the allowed values (teacher, imitation, other)) is required, found "student"',
    ],
    [
      ['items', 0, 'answers', 'a', 'text'],
      null,
      '/items/0/answers/a/text: what the schema says (must be string) is required, found null',
    ],
    [
      ['items', 0, 'prompt'],
      undefined,
      "/items/0: what the schema says (must have required property 'prompt') is required, found {",
    ],
  ])('%j = %j', (path, value, message) => {
    expect(() => parseComparison(JSON.stringify(broken(path, value)), 'x.compare.json')).toThrow(
      `Cannot read x.compare.json${message}`,
    );
  });

  test('in lines, the line is named', () => {
    const text = `${stringifyComparisonLines(minimal)}{"promptId": "2", "prompt": 3, "answers": {}}\n`;
    expect(() => parseComparison(text, 'x.compare.jsonl')).toThrow(
      'Cannot read x.compare.jsonl:3/prompt: what the schema says (must be string) is required, found 3',
    );
  });

  test('an answer in no column is refused, and so are two columns of one id', () => {
    expect(() => checkComparison(broken(['items', 0, 'answers', 'b'], { text: '' }))).toThrow(
      'Cannot read /items/0: the id of an answer (a) is required, found "b"',
    );
    const twice = { ...minimal, answers: [...minimal.answers, ...minimal.answers] };
    expect(() => checkComparison(twice)).toThrow(
      'Cannot read /answers: an id of its own for each answer is required, found "a" twice',
    );
  });

  test('a file that is no comparison is refused', () => {
    expect(() => parseComparison('{"id": 1}\n{"id": 2}', 'x.jsonl')).toThrow(
      /^Cannot read x\.jsonl: a comparison: .* is required, found {"id":1}$/,
    );
  });
});
