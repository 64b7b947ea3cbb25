import { preferencesOf } from '../compare/index.ts';
import { type FetchOptions, loadText } from '../data/index.ts';
import type { PreferenceRow, PublishedRating } from '../figure/index.ts';
import { readAnswerOwners, readPandaLm, readReviews, withOwners } from '../readers/index.ts';
import type { Evidence } from '../schema.ts';
import { summarizePreference, summarizeRatings } from '../stats/index.ts';
import { QLORA_SIZES, qloraReviews } from './qlora-ratings.ts';

const PUBLIC: Evidence = 'public';

/**
 * How often GPT-4 finds QLoRA's models equal to ChatGPT or better, in percent, by the data that they were trained on
 * and their size: each pair in both orders, where disagreement is a tie. The public counterpart of Figure 1, right.
 *
 * @param series such as `guanaco`, `alpaca` and `self-instruct`.
 */
export async function qloraPreferences(
  series: readonly string[],
  options: FetchOptions = {},
): Promise<PublishedRating[]> {
  const chatGpt = await loadText('qlora/gpt35', options);
  const owners = readAnswerOwners(chatGpt.text, chatGpt.name);
  const ratings: PublishedRating[] = [];
  for (const name of series) {
    for (const [size, parameters] of Object.entries(QLORA_SIZES)) {
      const model = `${size}-${name}`;
      const reviews = withOwners(await qloraReviews(model, options), owners, model);
      const { equalOrBetter } = summarizePreference(preferencesOf(reviews, PUBLIC), { model });
      const [value = null, low = null, high = null] = [
        equalOrBetter.value,
        equalOrBetter.low,
        equalOrBetter.high,
      ].map(part => (part === null ? null : 100 * part));
      ratings.push({ series: name, size: parameters, value, low, high, n: equalOrBetter.n });
    }
  }
  return ratings;
}

/** FastChat's models whose answers GPT-4 reviewed beside ChatGPT's, by their names in figures. */
const VICUNAS = {
  'Vicuna-7B': { answers: 'fastchat/vicuna-7b', reviews: 'fastchat/reviews/gpt35-vicuna-7b' },
  'Vicuna-13B': { answers: 'fastchat/vicuna-13b', reviews: 'fastchat/reviews/gpt35-vicuna-13b' },
} as const;

/** GPT-4's published reviews of Vicuna beside ChatGPT, on FastChat's 80 questions in one order. */
export async function fastChatPreferences(options: FetchOptions = {}): Promise<PreferenceRow[]> {
  const chatGpt = await loadText('fastchat/gpt35', options);
  const owners = readAnswerOwners(chatGpt.text, chatGpt.name);
  const rows: PreferenceRow[] = [];
  for (const [model, records] of Object.entries(VICUNAS)) {
    const reviews = await loadText(records.reviews, options);
    const named = withOwners(readReviews(reviews.text, reviews.name), owners, model);
    const summary = summarizePreference(preferencesOf(named, PUBLIC), { model });
    rows.push(preferenceRow('GPT-4, beside ChatGPT (FastChat)', model, summary));
  }
  return rows;
}

/** What most of three people found of LLaMA-7B beside other models that were trained alike, by PandaLM's votes. */
export async function pandaLmPreferences(options: FetchOptions = {}): Promise<PreferenceRow[]> {
  const { text, name } = await loadText('pandalm/testset', options);
  const model = 'llama-7b';
  const own = readPandaLm(text, name).filter(({ left, right }) => left === model || right === model);
  const others = [...new Set(own.map(({ left, right }) => (left === model ? right : left)))].sort();
  return others.map(other => {
    const ratings = own.filter(({ left, right }) => left === other || right === other);
    return preferenceRow(
      'People, on LLaMA-7B beside … (PandaLM)',
      other,
      summarizeRatings(ratings, { model }),
    );
  });
}

type Counts = { wins: number; ties: number; losses: number; n: number };

function preferenceRow(judge: string, model: string, { wins, ties, losses, n }: Counts): PreferenceRow {
  const shared = { judge, model, n, seeds: null, evidence: PUBLIC };
  return { ...shared, wins: wins / n, ties: ties / n, losses: losses / n };
}
