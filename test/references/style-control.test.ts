import { expect, test } from 'vitest';
import { type Battle, loadReviews, reviewBattles, styleControl } from '../../src/compare/index.ts';
import { runPython } from './run-python.ts';

interface Fit {
  shares: Record<string, number>;
  /** Of the position, and with style of words, list items, headers and bold spans. */
  effects: number[];
}

const REFERENCE = 'gpt-3.5-turbo:20230327';
/** Digits to which statsmodels' coordinate descent converges. */
const DIGITS = 4;

test('style control is statsmodels’ penalised regression, on GPT-4’s reviews of QLoRA’s best models', async () => {
  const { reviews, answers } = await loadReviews(['qlora/scores/*']);
  const compared = (model: string) => /guanaco|gpt|bard|vicuna/.test(model);
  const battles: Battle[] = reviewBattles(reviews, answers).battles.filter(
    ({ first, second }) => compared(first.model) && compared(second.model),
  );
  expect(battles).toHaveLength(1114);
  const theirs = await runPython<Record<'raw' | 'controlled', Fit>>('fit-style-control.py', {
    battles,
    reference: REFERENCE,
  });
  const { models, effects } = styleControl(battles, { reference: REFERENCE, resamples: 0 });
  expect(models.map(({ model }) => model).sort()).toEqual(Object.keys(theirs.raw.shares));
  for (const { model, raw, controlled } of models) {
    expect(raw.value).toBeCloseTo(theirs.raw.shares[model] ?? Number.NaN, DIGITS);
    expect(controlled?.value).toBeCloseTo(theirs.controlled.shares[model] ?? Number.NaN, DIGITS);
  }
  const { position, words, lists, headers, bold } = effects;
  for (const [index, { value }] of [position, words, lists, headers, bold].entries())
    expect(value).toBeCloseTo(theirs.controlled.effects[index] ?? Number.NaN, DIGITS);
}, 120_000);
