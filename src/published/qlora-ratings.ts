import { relativeScore } from '../compare/index.ts';
import { type FetchOptions, loadText, loadTexts } from '../data/index.ts';
import { parseAnswerOwners, parseReviews, type Review } from '../readers/index.ts';
import type { Estimate } from '../schema.ts';
import type { PublishedRating } from './rows.ts';

/** QLoRA's models by how they are called in the records, with their parameters. */
export const QLORA_SIZES = { '7b': 7e9, '13b': 13e9, '30b': 33e9, '65b': 65e9 } as const;

/**
 * Loads GPT-4's reviews of one of QLoRA's models beside ChatGPT, in both orders.
 *
 * @param model such as `13b-guanaco`.
 * @example
 * // Needs public records.
 * (await loadQloraReviews('7b-guanaco')).length // 160
 */
export async function loadQloraReviews(model: string, options: FetchOptions = {}): Promise<Review[]> {
  const files = await loadTexts([`qlora/scores/${model}/gpt35`, `qlora/scores/gpt35/${model}`], options);
  return files.flatMap(({ text, name }) => parseReviews(text, name));
}

/**
 * Computes the scores that GPT-4 gives QLoRA's models of all sizes, in percent of those it gives ChatGPT, by the data
 * that they were trained on: the public counterpart of Figure 3.
 *
 * @param series such as `guanaco`, `alpaca` and `self-instruct`.
 * @example
 * // Needs public records.
 * (await qloraRatings(['guanaco'])).map(({ value }) => value?.toFixed(1)) // ['87.0', '90.4', '97.8', '99.3']
 */
export async function qloraRatings(
  series: readonly string[],
  options: FetchOptions = {},
): Promise<PublishedRating[]> {
  return rateQloraModels(series, options, (reviews, owners) => relativeScore(reviews, id => owners.has(id)));
}

/**
 * Rates QLoRA's models of all sizes by GPT-4's reviews of each beside ChatGPT.
 *
 * @param rate takes the reviews of a model, the owners of ChatGPT's answers, and the model such as `13b-guanaco`.
 */
export async function rateQloraModels(
  series: readonly string[],
  options: FetchOptions,
  rate: (reviews: Review[], owners: Map<string, string>, model: string) => Estimate,
): Promise<PublishedRating[]> {
  const chatGpt = await loadText('qlora/gpt35', options);
  const owners = parseAnswerOwners(chatGpt.text, chatGpt.name);
  const ratings: PublishedRating[] = [];
  for (const name of series) {
    for (const [size, parameters] of Object.entries(QLORA_SIZES)) {
      const model = `${size}-${name}`;
      const { value, low, high, n } = rate(await loadQloraReviews(model, options), owners, model);
      ratings.push({ series: name, size: parameters, value, low, high, n });
    }
  }
  return ratings;
}
