import { resample, timesDrawn } from '../../stats/index.ts';
import type { Battle } from './battle.ts';
import { battlesFrom, isIdentified, isSeparated, wilsonShare } from './model-battles.ts';
import { ResampledFits, type ValueInterval } from './resampled-fits.ts';
import { designOf, type StyleFeature, withStyle } from './style-design.ts';

/** Share of judgements in which a model is preferred to the reference. */
export interface StyleControlledModel {
  model: string;
  /** Reviews of its answers. */
  n: number;
  /** Share of wins over the reference, ties as a half, wherever its answer is shown. */
  raw: ValueInterval;
  /** The same at equal style; null of a model that wins, or loses, on all questions but two or fewer. */
  controlled: ValueInterval | null;
  /** False where its answers are nearly always the longer ones, or the shorter ones: equal length is not in the data. */
  identified: boolean;
}

/** Preferences for models over a reference, as they are and at equal style. */
export interface StyleControl {
  reference: string;
  models: StyleControlledModel[];
  /**
   * Log-odds that the first place adds, and that a standard deviation of more words, list items, headers and bold
   * spans adds. Null of what does not vary, or cannot be distinguished from the models.
   */
  effects: Record<'position' | StyleFeature, ValueInterval>;
}

/** Options of {@link styleControl}. */
export interface StyleControlOptions {
  /** The model that the others are compared with. */
  reference: string;
  /** Seed of the resamples; default 0. */
  seed?: number | string | undefined;
  /** Number of resamples; default 1,000. */
  resamples?: number | undefined;
}

const RESAMPLES = 1000;

/**
 * Estimates how often models would be preferred to a reference at equal style: a Bradley–Terry regression of the
 * outcomes on the models, the position, and the relative differences in words, list items, headers and bold spans.
 * 95 % intervals over resamples of prompts.
 *
 * @throws {RangeError} if an outcome lies outside 0 … 1, or no battle holds an answer of the reference.
 * @see Chiang et al. 2024, Chatbot Arena, style control; Dubois et al. 2024, Length-Controlled AlpacaEval
 * @example
 * // Given battles.
 * styleControl(battles, { reference: 'teacher' }).models.map(({ model }) => model) // ['imitation']
 */
export function styleControl(
  battles: readonly Battle[],
  { reference, seed = 0, resamples = RESAMPLES }: StyleControlOptions,
): StyleControl {
  requireBattles(battles, reference);
  const styled = withStyle(battles);
  const plain = designOf(styled, { reference, style: false });
  const full = designOf(styled, { reference, style: true });
  const draws = drawPrompts(battles, { seed, resamples });
  const raw = new ResampledFits(plain.rows, plain.size, draws);
  const controlled = new ResampledFits(full.rows, full.size, draws);
  const models = [...plain.models].map(([model, column]): StyleControlledModel => {
    const own = battlesFrom(model, styled);
    const [n, identified] = [own.length, isIdentified(own)];
    if (!isSeparated(own))
      return { model, n, raw: raw.share(column), controlled: controlled.share(column), identified };
    const besideReference = own.filter(({ opponent }) => opponent === reference);
    return { model, n, raw: wilsonShare(besideReference), controlled: null, identified };
  });
  const styleEffect = (feature: StyleFeature) => controlled.effect(full.style.get(feature));
  return {
    reference,
    models,
    effects: {
      position: controlled.effect(full.position),
      words: styleEffect('words'),
      lists: styleEffect('lists'),
      headers: styleEffect('headers'),
      bold: styleEffect('bold'),
    },
  };
}

function requireBattles(battles: readonly Battle[], reference: string): void {
  for (const { promptId, outcome } of battles)
    if (!(outcome >= 0 && outcome <= 1))
      throw new RangeError(
        `Cannot control for style: outcomes must lie between 0 and 1, found ${outcome} of prompt ${promptId}`,
      );
  if (battles.some(({ first, second }) => first.model === reference || second.model === reference)) return;
  const found = new Set(battles.flatMap(({ first, second }) => [first.model, second.model]));
  throw new RangeError(
    `Cannot control for style: a battle with an answer of ${reference} is required, found ${[...found].join(', ') || 'none'}`,
  );
}

/** Draws prompts with replacement; returns how often each resample draws each battle. */
function drawPrompts(
  battles: readonly Battle[],
  options: { seed: number | string; resamples: number },
): Int32Array[] {
  const prompts = [...new Set(battles.map(({ promptId }) => promptId))];
  const places = new Map(prompts.map((promptId, place) => [promptId, place]));
  const promptOf = Int32Array.from(battles, ({ promptId }) => places.get(promptId) ?? 0);
  return Array.from(resample(prompts.length, options), drawn => {
    const times = timesDrawn(drawn, prompts.length);
    return promptOf.map(prompt => times[prompt] ?? 0);
  });
}
