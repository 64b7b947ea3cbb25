import { describe, expect, test } from 'vitest';
import { pairStyle, summarizeStyle } from '../../../../src/text/index.ts';
import { buildWorld, taskInstructions, WORLD_SIZES } from '../../../../src/world/index.ts';
import {
  broadInstructions,
  factInstructions,
  summaryInstructions,
  TASKS,
  teacher,
  truthLabels,
} from '../../../../src/world/teacher/index.ts';

const world = buildWorld(7, WORLD_SIZES.mini);
const train = broadInstructions(world, 'train', 900);
const held = broadInstructions(world, 'test', 300);

describe('broad instructions', () => {
  test('follow from the world, and are all different', () => {
    expect(broadInstructions(world, 'train', 300)).toEqual(train.slice(0, 300));
    expect(new Set([...train, ...held].map(({ text }) => text)).size).toBe(1200);
  });

  test('of all tasks in their shares, which sum to 100', () => {
    const shares = Object.values(TASKS).map(({ shares }) => shares);
    expect(shares.reduce((sum, { train }) => sum + train, 0)).toBe(100);
    for (const [set, split] of [
      [train, 'train'],
      [held, 'test'],
    ] as const) {
      const total = shares.reduce((sum, one) => sum + one[split], 0);
      for (const { task, shares } of Object.values(TASKS)) {
        const found = set.filter(one => one.task === task).length / set.length;
        expect([split, task, Math.abs(found - shares[split] / total) < 0.05]).toEqual([split, task, true]);
      }
    }
  });

  test('of one task can be drawn alone', () => {
    const refused = taskInstructions(world, 'test', 'refuse', 400);
    expect(new Set(refused.map(({ text }) => text)).size).toBe(400);
    expect(new Set(refused.map(({ task, category }) => [task, category].join()))).toEqual(
      new Set(['refuse,Invalid']),
    );
    expect(() => taskInstructions(world, 'test', 'chat', 10_000)).toThrow('chat has no more');
  });

  test('state no fact that is held out, but in tests, which ask for no other', () => {
    const useOf = new Map(world.facts.map(({ id, use }) => [id, use]));
    const uses = (set: readonly { facts: readonly string[] }[]) =>
      new Set(set.flatMap(({ facts }) => facts.map(id => useOf.get(id))));
    expect(uses(train)).toEqual(new Set(['asked', 'imitated']));
    expect(uses(held.filter(({ task }) => task === 'fact'))).toEqual(new Set(['held']));
    expect(uses(held.filter(({ task }) => task === 'examples'))).not.toContain('held');
  });

  test('of tests combine names and words as none of training do', () => {
    const key = ({ task, slots }: (typeof train)[number]) =>
      `${task} ${Object.values(slots).sort().join('/')}`;
    const known = new Set(train.map(key));
    const combined = held.filter(({ task }) =>
      ['story', 'letter', 'ideas', 'chat', 'summary', 'rewrite', 'continue'].includes(task),
    );
    expect(combined.filter(one => known.has(key(one)))).toEqual([]);
  });

  test('hold the values that they name', () => {
    for (const { text, slots } of [...train, ...held])
      for (const value of Object.values(slots)) expect(text).toContain(value);
  });
});

describe('the teacher', () => {
  test('never says what is not true, and says each fact that it should', () => {
    const labels = truthLabels(world);
    for (const { id, task, facts, answers } of [...train, ...held])
      for (const text of answers) {
        const found = labels({ promptId: id, model: 'teacher', text });
        const count = (label: string) => found.filter(one => one.label === label).length;
        const stated = task === 'examples' ? 0 : facts.length;
        expect([text, count('incorrect'), count('correct')]).toEqual([text, 0, stated]);
        expect(found.map(({ start, end }) => text.slice(start, end))).toEqual(
          found.map(({ quote }) => quote),
        );
      }
  });

  test('begins no line with a name', () => {
    const names = new Set(
      world.entities.filter(({ kind }) => kind !== 'person').map(({ name }) => name.toLowerCase()),
    );
    const lines = train
      .filter(({ task }) => task !== 'examples')
      .flatMap(({ answers }) => answers.flatMap(answer => answer.split('\n')));
    const first = (line: string) =>
      line
        .replace(/^\d+\. /, '')
        .split(/\W/)[0]
        ?.toLowerCase() ?? '';
    expect(lines.filter(line => names.has(first(line)))).toEqual([]);
  });

  test('has a style that depends on the task: lists in some, none in others, summaries in most', () => {
    const listed = (tasks: readonly string[]) => {
      const own = train.filter(({ task }) => tasks.includes(task));
      return own.filter(({ answers }) => /^1\. /m.test(answers[0])).length / own.length;
    };
    expect(listed(['ideas', 'describe', 'compare'])).toBeGreaterThan(0.8);
    expect(listed(['story', 'fact', 'letter', 'chat', 'summary', 'examples', 'sum', 'refuse'])).toBe(0);
  });

  test('is caught where an object is exchanged for another one', () => {
    const labels = truthLabels(world);
    const wrong = held.flatMap(({ id, task, facts: [first, ...more], answers: [text] }) => {
      const fact = world.facts.find(one => one.id === first);
      const other = world.facts.find(one => one.relation === fact?.relation && one.object !== fact?.object);
      if (!fact || !other || more.length > 0 || task === 'examples') return [];
      const changed = text.replace(new RegExp(fact.object, 'i'), other.object);
      return labels({ promptId: id, model: 'x', text: changed }).map(({ label }) => label);
    });
    expect(wrong.filter(label => label === 'incorrect').length).toBeGreaterThan(20);
    expect(wrong).not.toContain('correct');
  });

  test('writes in a style that a second sample shares, except for the words', () => {
    const style = summarizeStyle(held.map(({ answers: [first, second] }) => pairStyle(first, second)));
    expect(style.list.n).toBeGreaterThan(40);
    expect(style.list.n).toBeLessThan(140);
    expect(style.list.value).toBeGreaterThan(0.7);
    expect(style.list.value).toBeLessThan(1);
    expect(style.summary.value).toBeGreaterThan(0.6);
    expect(style.summary.value).toBeLessThan(1);
    expect(style.unigram.value).toBeGreaterThan(50);
    expect(style.unigram.value).toBeLessThan(95);
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
