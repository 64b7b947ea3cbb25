import { describe, expect, test } from 'vitest';
import { leakage } from '../../../../src/data/index.ts';
import { pairStyle, summarizeStyle } from '../../../../src/text/index.ts';
import { buildWorld, WORLD_SIZES } from '../../../../src/world/index.ts';
import {
  broadInstructions,
  factInstructions,
  summaryInstructions,
  teacher,
  truthLabels,
} from '../../../../src/world/teacher/index.ts';

const world = buildWorld(7, WORLD_SIZES.mini);
const train = broadInstructions(world, 'train', 600);
const held = broadInstructions(world, 'test', 200);

describe('broad instructions', () => {
  test('follow from the world, and are all different', () => {
    expect(broadInstructions(world, 'train', 600)).toEqual(train);
    expect(new Set(train.map(({ text }) => text)).size).toBe(600);
    expect(new Set([...train, ...held].map(({ text }) => text)).size).toBe(800);
  });

  test('of all categories, most of them without a fact', () => {
    const categories = new Set(train.map(({ category }) => category));
    expect([...categories].sort()).toEqual([
      'Brainstorming',
      'Chat',
      'Coding',
      'General QA',
      'Generation',
      'Invalid',
      'Rewrite',
      'Summarization',
    ]);
    const share = train.filter(({ facts }) => facts.length > 0).length / train.length;
    expect(share).toBeGreaterThan(0.25);
    expect(share).toBeLessThan(0.5);
  });

  test('keep to the shares of Table 6 in the largest budget too', () => {
    const many = broadInstructions(world, 'train', 4000);
    // Of the 85 per cent that the world has.
    const shares = { Generation: 31, 'General QA': 16, Coding: 16, Brainstorming: 8, Chat: 6, Rewrite: 2 };
    for (const [category, percent] of Object.entries(shares)) {
      const found = many.filter(one => one.category === category).length / many.length;
      expect([category, Math.abs(found - percent / 85) < 0.025]).toEqual([category, true]);
    }
  });

  test('of tests are about neither code nor toxic text, and none is like any that a model learns from', async () => {
    expect([...new Set(held.map(({ category }) => category))].sort()).toEqual([
      'Brainstorming',
      'Chat',
      'General QA',
      'Generation',
      'Rewrite',
      'Summarization',
    ]);
    const learned = [
      ...broadInstructions(world, 'train', 2000),
      ...factInstructions(world, 'train', 300),
      ...summaryInstructions(world, 'train', 300),
    ];
    const texts = (instructions: readonly { text: string }[]) => instructions.map(({ text }) => text);
    expect(await leakage(texts(held), texts(learned))).toMatchObject({ n: 200, dropped: [] });
    const [first] = learned;
    expect((await leakage([first?.text ?? ''], texts(learned))).dropped).toHaveLength(1);
  });

  test('of training state no fact that tests ask for', () => {
    const uses = new Map(world.facts.map(({ id, use }) => [id, use]));
    expect(train.flatMap(({ facts }) => facts).filter(id => uses.get(id) === 'held')).toEqual([]);
    expect(new Set(held.flatMap(({ facts }) => facts.map(id => uses.get(id))))).toEqual(new Set(['held']));
  });
});

describe('the teacher', () => {
  test('never says what is not true, and says each fact that it should', () => {
    const labels = truthLabels(world);
    for (const { id, facts, answers } of [...train, ...held]) {
      for (const text of answers) {
        const found = labels({ promptId: id, model: 'teacher', text });
        expect(found.filter(({ label }) => label === 'incorrect')).toEqual([]);
        expect(found.filter(({ label }) => label === 'correct')).toHaveLength(facts.length);
        for (const { start, end, quote } of found) expect(text.slice(start, end)).toBe(quote);
      }
    }
  });

  test('is caught where an object is exchanged for another one', () => {
    const labels = truthLabels(world);
    const wrong = held.flatMap(({ id, facts: [first, ...more], answers: [text] }) => {
      const fact = world.facts.find(one => one.id === first);
      const other = world.facts.find(one => one.relation === fact?.relation && one.object !== fact?.object);
      if (!fact || !other || more.length > 0) return [];
      const changed = text.replace(new RegExp(fact.object, 'i'), other.object);
      return labels({ promptId: id, model: 'x', text: changed }).map(({ label }) => label);
    });
    expect(wrong.filter(label => label === 'incorrect').length).toBeGreaterThan(20);
    expect(wrong).not.toContain('correct');
  });

  test('writes in a style that a second sample shares, except for the words', () => {
    const style = summarizeStyle(held.map(({ answers: [first, second] }) => pairStyle(first, second)));
    expect(style.list.n).toBeGreaterThan(30);
    expect(style.list.n).toBeLessThan(120);
    expect(style.list.value).toBeGreaterThan(0.7);
    expect(style.list.value).toBeLessThan(1);
    expect(style.summary.value).toBeGreaterThan(0.6);
    expect(style.summary.value).toBeLessThan(1);
    expect(style.unigram.value).toBeGreaterThan(50);
    expect(style.unigram.value).toBeLessThan(95);
  });

  test('does not continue what is toxic', () => {
    for (const { answers } of train.filter(({ category }) => category === 'Invalid'))
      for (const answer of answers) expect(answer).toMatch(/^I am sorry, but I/);
  });

  test('is a language model that answers what it was asked, in either sample', async () => {
    const [asked] = held;
    const answers = [];
    for (const sample of [0, 1] as const)
      for await (const { model, text } of teacher(held, sample).generate([
        { id: 'x', text: asked?.text ?? '' },
      ]))
        answers.push([model, text]);
    expect(answers).toEqual([
      ['teacher', asked?.answers[0]],
      ['teacher-again', asked?.answers[1]],
    ]);
  });
});

test('local instructions are questions answered in a word or two, and news summed up in a sentence', () => {
  const facts = factInstructions(world, 'train', 100);
  for (const { text, answers } of facts) {
    expect(text).toMatch(/\?$/);
    expect(answers[0].split(' ').length).toBeLessThanOrEqual(2);
  }
  const tested = new Set(factInstructions(world, 'test', 200).map(({ text }) => text));
  expect(facts.filter(({ text }) => tested.has(text))).toEqual([]);
  for (const { answers } of summaryInstructions(world, 'train', 50)) expect(answers[0]).toMatch(/^[^.]+\.$/);
  expect(() => factInstructions(world, 'train', 1e6)).toThrow('Cannot ask about 1000000 facts');
});
