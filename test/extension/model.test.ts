import { expect, test } from 'vitest';
import { ComparisonModel, categories } from '../../extension/src/comparison/model.ts';
import type { Comparison } from '../../src/schema.ts';

const item = (promptId: string, prompt: string, teacher: string, model: string, category?: string) => ({
  promptId,
  prompt,
  ...(category === undefined ? {} : { category }),
  answers: { t: { text: teacher }, m: { text: model } },
});

const comparison: Comparison = {
  version: 1,
  answers: [
    { id: 'm', label: 'Model', role: 'imitation' },
    { id: 't', label: 'Teacher', role: 'teacher' },
    { id: 'o', label: 'Other', role: 'other' },
  ],
  items: [
    item('a', 'Why is the sky blue?', 'Rayleigh scattering.', 'It is blue.', 'physics'),
    item('b', 'Name a fruit.', 'Apple.', 'A blue berry.', 'food'),
    item('c', 'Say hi.', 'Hi.', 'HELLO', 'physics'),
  ],
};

test('a new model shows the first of all items and compares the teacher with the imitation', () => {
  const { state } = new ComparisonModel(comparison);
  expect(state.selection).toEqual([0, 1, 2]);
  expect(state.current).toBe(0);
  expect(state.pair).toEqual({ teacher: 't', model: 'm' });
});

test('search finds prompts and answers in any case, and shows the first that is found', () => {
  const model = new ComparisonModel(comparison);
  model.goTo(2);
  model.search('BLUE');
  expect(model.state.selection).toEqual([0, 1]);
  expect(model.state.current).toBe(0);
  model.search('hello');
  expect(model.state.selection).toEqual([2]);
});

test('a query never matches across two texts', () => {
  const model = new ComparisonModel(comparison);
  model.search('fruit.Apple');
  expect(model.state.selection).toEqual([]);
});

test('query and category narrow together, and an empty selection shows nothing', () => {
  const model = new ComparisonModel(comparison);
  model.filter('physics');
  model.search('blue');
  expect(model.state.selection).toEqual([0]);
  model.search('berry');
  expect(model.state.selection).toEqual([]);
  expect(model.state.current).toBe(-1);
  model.filter(null);
  expect(model.state.current).toBe(1);
});

test('the shown item stays while it is selected', () => {
  const model = new ComparisonModel(comparison);
  model.goTo(1);
  model.search('blue');
  expect(model.state.current).toBe(1);
});

test('steps stay inside the selection', () => {
  const model = new ComparisonModel(comparison);
  model.filter('physics');
  model.step(1);
  expect(model.state.current).toBe(2);
  model.step(1);
  expect(model.state.current).toBe(2);
  model.step(-10);
  expect(model.state.current).toBe(0);
});

test('new data keeps the place, the settings and the chosen answer', () => {
  const model = new ComparisonModel(comparison);
  model.goTo(1);
  model.toggle('shared');
  model.compareWith('o');
  model.update({ ...comparison, items: [item('x', 'new', 'n', 'n'), ...comparison.items] });
  expect(model.state.current).toBe(2);
  expect(model.state.highlights.has('shared')).toBe(true);
  expect(model.state.pair).toEqual({ teacher: 't', model: 'o' });
});

test('new data without the filtered category shows all of it', () => {
  const model = new ComparisonModel(comparison);
  model.filter('food');
  model.update({ ...comparison, items: comparison.items.filter(({ category }) => category === 'physics') });
  expect(model.state.category).toBeNull();
  expect(model.state.selection).toEqual([0, 1]);
});

test('the same data again changes nothing', () => {
  const model = new ComparisonModel(comparison);
  const before = model.state;
  model.update(comparison);
  expect(model.state).toBe(before);
});

test('listeners hear of changes until they leave', () => {
  const model = new ComparisonModel(comparison);
  let heard = 0;
  const leave = model.subscribe(() => heard++);
  model.toggle('diff');
  leave();
  model.toggle('diff');
  expect(heard).toBe(1);
});

test('structure is highlighted at first only where no sentence is labelled', () => {
  const label = {
    promptId: 'a',
    model: 'm',
    start: 0,
    end: 2,
    quote: 'It',
    label: 'correct' as const,
    annotator: 'ann',
    source: 'human' as const,
  };
  const labelled = { ...comparison, items: comparison.items.map(i => ({ ...i, labels: [label] })) };
  expect(new ComparisonModel(comparison).state.highlights.has('structure')).toBe(true);
  expect(new ComparisonModel(labelled).state.highlights.has('structure')).toBe(false);
});

test('one column alone is compared with nothing', () => {
  const alone: Comparison = { ...comparison, answers: comparison.answers.slice(0, 1) };
  expect(new ComparisonModel(alone).state.pair).toBeNull();
});

test('categories are counted in order of appearance', () => {
  expect([...categories(comparison.items)]).toEqual([
    ['physics', 2],
    ['food', 1],
  ]);
});
