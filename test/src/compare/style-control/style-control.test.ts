import { describe, expect, test } from 'vitest';
import {
  type Battle,
  loadReviews,
  reviewBattles,
  type StyleControl,
  styleControl,
} from '../../../../src/compare/index.ts';
import { logistic } from '../../../../src/stats/index.ts';
import { WITH_RECORDS } from '../../../fixtures/public-records.ts';
import { simulatedBattles, text } from './simulated-battles.ts';

const of = ({ models }: StyleControl, name: string) => {
  const found = models.find(({ model }) => model === name);
  if (found === undefined) throw new Error(`no model ${name}`);
  return found;
};
const battle = (prompt: number, outcome: number, words: readonly [number, number], swap = false): Battle => {
  const [own, reference] = [
    { model: 'm', text: text(words[0]) },
    { model: 'r', text: text(words[1]) },
  ];
  const [first, second] = swap ? [reference, own] : [own, reference];
  return { promptId: String(prompt), first, second, outcome: swap ? 1 - outcome : outcome };
};

describe('on simulated judgements whose truth is known', () => {
  const battles = simulatedBattles(
    {
      verbose: { strength: 0, words: (words, { next }) => Math.round(words * (0.8 + 2 * next())) },
      strong: { strength: 1, words: (words, { next }) => Math.round(words * (0.4 + next())) },
      plain: { strength: -0.5, words: (words, { next }) => Math.round(words * (0.5 + next())) },
    },
    { prompts: 400, effect: 5, position: 0.4, seed: 12 },
  );
  const found = styleControl(battles, { reference: 'reference', resamples: 200 });

  test.each([
    ['verbose', 0],
    ['strong', 1],
    ['plain', -0.5],
  ])('the strength of %s is recovered', (name, strength) => {
    const { controlled, identified, n } = of(found, name);
    expect([n, identified]).toEqual([800, true]);
    expect(controlled?.low).toBeLessThan(logistic(strength));
    expect(controlled?.high).toBeGreaterThan(logistic(strength));
    expect(Math.abs((controlled?.value ?? 2) - logistic(strength))).toBeLessThan(0.06);
  });

  test('what length alone wins is in the raw share, and gone from the controlled one', () => {
    const { raw, controlled } = of(found, 'verbose');
    expect(raw.low).toBeGreaterThan(0.65);
    expect(controlled?.high).toBeLessThan(0.6);
  });

  test('effects are those of the simulation, and those of features that never occur are null', () => {
    const { position, words, lists, headers, bold } = found.effects;
    expect(Math.abs((position.value ?? 9) - 0.4)).toBeLessThan(0.15);
    // 5 per unit of the relative difference, times its standard deviation over both orders.
    const differences = battles.map(({ first, second }) => {
      const [a, b] = [first.text.split(' ').length, second.text.split(' ').length];
      return (a - b) / (a + b);
    });
    const spread = Math.sqrt(differences.reduce((sum, one) => sum + one * one, 0) / differences.length);
    expect(Math.abs((words.value ?? 9) - 5 * spread)).toBeLessThan(0.25);
    expect([lists, headers, bold]).toEqual(Array(3).fill({ value: null, low: null, high: null }));
  });

  test('the same seed gives the same intervals, another one others', () => {
    const few = { reference: 'reference', resamples: 20 };
    expect(styleControl(battles, few)).toEqual(styleControl(battles, few));
    expect(styleControl(battles, { ...few, seed: 1 })).not.toEqual(styleControl(battles, few));
  });
});

describe('what the data do not say', () => {
  test('a model whose answers are always 800 characters longer is not identified', () => {
    // `word ` is 5 characters.
    const battles = simulatedBattles(
      { longer: { strength: 0.3, words: words => words + 160 } },
      { prompts: 200, effect: 2, position: 0, seed: 3 },
    );
    expect(of(styleControl(battles, { reference: 'reference', resamples: 20 }), 'longer')).toMatchObject({
      identified: false,
      n: 400,
    });
  });

  test.each([
    ['9 shorter and many longer', 9, 0, false],
    ['10 shorter and many longer', 10, 0, true],
    ['9 nearly equal', 0, 9, false],
    ['10 nearly equal', 0, 10, true],
  ])('%s answers: identified %s', (_name, shorter, near, identified) => {
    const battles = Array.from({ length: 60 }, (_, i) =>
      // |110 − 90| / 200 = .1 is nearly equal; 40 prompts are on the longer side.
      battle(i, i % 2, i < shorter ? [50, 100] : i < shorter + near ? [110, 90] : [200, 100]),
    );
    expect(of(styleControl(battles, { reference: 'r', resamples: 5 }), 'm').identified).toBe(identified);
  });

  test('both orders of one prompt count as one prompt', () => {
    const battles = Array.from({ length: 30 }, (_, i) => [
      battle(i, i % 2, i < 6 ? [50, 100] : [200, 100]),
      battle(i, i % 2, i < 6 ? [50, 100] : [200, 100], true),
    ]).flat();
    expect(of(styleControl(battles, { reference: 'r', resamples: 5 }), 'm')).toMatchObject({
      n: 60,
      identified: false,
    });
  });

  test.each([
    [2, 0],
    [28, 1],
  ])('%i of 30 prompts won: Wilson’s interval, and no controlled share', (won, side) => {
    const battles = Array.from({ length: 30 }, (_, i) =>
      battle(i, i < won ? 1 : 0, [100 + (i % 7) * 10, 120]),
    );
    const { raw, controlled } = of(styleControl(battles, { reference: 'r', resamples: 5 }), 'm');
    expect(controlled).toBeNull();
    expect(raw.value).toBeCloseTo(won / 30, 12);
    // Wilson's interval of 2 in 30, and its mirror.
    expect([raw.low, raw.high].map(bound => bound?.toFixed(4))).toEqual(
      side === 0 ? ['0.0185', '0.2132'] : ['0.7868', '0.9815'],
    );
  });

  test('in one order the place is part of the strength, and has no effect of its own', () => {
    const battles = Array.from({ length: 40 }, (_, i) => battle(i, i % 4 === 0 ? 0 : 1, [100, 100]));
    const found = styleControl(battles, { reference: 'r', resamples: 50 });
    expect(found.effects.position).toEqual({ value: null, low: null, high: null });
    // 30 of 40, which a penalty of .01 hardly moves.
    expect(of(found, 'm').raw.value).toBeCloseTo(0.75, 3);
    expect(of(found, 'm').controlled?.value).toBeCloseTo(0.75, 3);
  });

  test('an outcome outside 0 … 1, and a reference that is in no battle, are refused', () => {
    expect(() => styleControl([battle(1, 2, [1, 1])], { reference: 'r' })).toThrow('found 2 of prompt 1');
    expect(() => styleControl([battle(1, 1, [1, 1])], { reference: 'x' })).toThrow(
      'a battle with an answer of x is required, found m, r',
    );
    expect(() => styleControl([], { reference: 'x' })).toThrow('found none');
  });
});

test(
  'GPT-4’s reviews of QLoRA’s models: Guanaco-65B loses a part of its share at equal style',
  WITH_RECORDS,
  async () => {
    const { reviews, answers } = await loadReviews(['qlora/scores/*']);
    const { battles, unread, withoutText } = reviewBattles(reviews, answers);
    // HuggingChat's 160 reviews lack its answers; three of them lack scores as well.
    expect([battles.length, unread, withoutText]).toEqual([5543, 60, 157]);
    const found = styleControl(battles, { reference: 'gpt-3.5-turbo:20230327', resamples: 100 });
    const guanaco = of(found, '65b-guanaco');
    expect([guanaco.n, guanaco.identified, guanaco.raw.value?.toFixed(2)]).toEqual([160, true, '0.53']);
    // With what 24 of Guanaco-65B's answers run on to after their end it is 36 % [28, 45].
    expect(guanaco.controlled?.value).toBeCloseTo(0.397, 3);
    expect(guanaco.controlled?.low).toBeGreaterThan(0.27);
    expect(guanaco.controlled?.high).toBeLessThan(0.52);
    expect(of(found, 'gpt-4:20230520').identified).toBe(true);
    expect(of(found, '65b-alpaca')).toMatchObject({ identified: false, controlled: null });
    expect(found.effects.position.value).toBeCloseTo(0.506, 3);
    expect(found.effects.words.value).toBeCloseTo(2.442, 3);
    for (const feature of ['lists', 'headers', 'bold'] as const) {
      expect(found.effects[feature].low).toBeLessThan(0);
      expect(found.effects[feature].high).toBeGreaterThan(0);
    }
  },
);
