import { loadReviews, reviewBattles, styleControl, type ValueInterval } from '../compare/index.ts';
import type { FetchOptions } from '../data/index.ts';
import { QLORA_SIZES } from './qlora-ratings.ts';

/** ChatGPT, by its name in QLoRA's records. */
const CHATGPT = 'gpt-3.5-turbo:20230327';

/** Preference for a published model over ChatGPT, as it was judged and at equal style; in percent, ties as a half. */
export interface StyleControlledRating {
  /** The model's family, such as the data it was trained on. */
  series: string;
  /** Parameters. */
  size: number;
  /** Reviews of its answers. */
  n: number;
  raw: ValueInterval;
  /** Null where the reviews do not determine it, with the reason. */
  controlled: ValueInterval | null;
  reason?: string;
}

/** Options of {@link qloraStyleControl}. */
export interface QloraStyleControlOptions extends FetchOptions {
  /** Seed of the resamples of questions; default 0. */
  seed?: number;
  /** Number of resamples; default 1,000. */
  resamples?: number;
}

/**
 * Computes how often GPT-4 prefers QLoRA's models of all sizes to ChatGPT, as it judged and at equal style, by one
 * regression on all of its published reviews.
 *
 * @param series such as `guanaco`, `alpaca` and `self-instruct`.
 * @example
 * // Needs public records.
 * (await qloraStyleControl(['guanaco'], { resamples: 20 })).map(({ raw }) => raw.value?.toFixed(0)) // ['26', '34', '51', '53']
 */
export async function qloraStyleControl(
  series: readonly string[],
  { seed, resamples, ...options }: QloraStyleControlOptions = {},
): Promise<StyleControlledRating[]> {
  const { reviews, answers } = await loadReviews(['qlora/scores/*'], options);
  const { battles } = reviewBattles(reviews, answers);
  const { models } = styleControl(battles, { reference: CHATGPT, seed, resamples });
  return series.flatMap(name =>
    Object.entries(QLORA_SIZES).map(([size, parameters]): StyleControlledRating => {
      const model = `${size}-${name}`;
      const found = models.find(each => each.model === model);
      if (found === undefined)
        throw new RangeError(`Cannot control for style: reviews of ${model} are required, found none`);
      const { n, raw, controlled, identified } = found;
      const shared = { series: name, size: parameters, n, raw: percent(raw) };
      if (controlled === null) return { ...shared, controlled: null, reason: 'nearly all lost or won' };
      if (!identified) return { ...shared, controlled: null, reason: 'hardly a pair of equal length' };
      return { ...shared, controlled: percent(controlled) };
    }),
  );
}

function percent({ value, low, high }: ValueInterval): ValueInterval {
  const of = (part: number | null) => (part === null ? null : 100 * part);
  return { value: of(value), low: of(low), high: of(high) };
}
