import { expect, test } from 'vitest';
import { parseComparison } from '../../extension/src/comparison/parse-comparison.ts';
import { parseFigure } from '../../extension/src/plotly/parse-figure.ts';
import nasty from '../fixtures/nasty.compare.json' with { type: 'json' };

const answers = [{ id: 'a', label: 'A', role: 'teacher' }];

test('the fixture of nasty answers is a comparison', () => {
  expect(parseComparison(nasty).items).toHaveLength(nasty.items.length);
});

test('a problem of a comparison is reported with its place', () => {
  const items = [{ promptId: 'p', prompt: 'P', answers: { 'a/b': { text: null } } }];
  expect(() => parseComparison({ version: 1, answers, items })).toThrow(
    'Cannot show this comparison: items[0].answers.a/b.text must be string, it is null',
  );
  expect(() => parseComparison({ version: 2, answers, items: [] })).toThrow(
    'version must be one of [1], it is 2',
  );
  expect(() => parseComparison({ version: 1, answers })).toThrow(
    "the data must have required property 'items'",
  );
  expect(() => parseComparison([])).toThrow('the data must be object, it is an empty array');
});

test('a figure needs traces; layout and config may be left out', () => {
  expect(parseFigure({ data: [] })).toEqual({ data: [], layout: {}, config: {} });
  expect(() => parseFigure({ data: 3 })).toThrow(
    'Cannot show this figure: data must be an array of traces, it is 3',
  );
  expect(() => parseFigure(null)).toThrow('it is missing');
  expect(() => parseFigure({ data: [], layout: 'wide' })).toThrow('layout must be an object, it is "wide"');
});
