import { preferencesOf } from '../compare/index.ts';
import { type FetchOptions, loadText } from '../data/index.ts';
import { parseAnswerOwners, parsePandaLm, parseReviews, withOwners } from '../readers/index.ts';
import type { Evidence } from '../schema.ts';
import { summarizePreference, summarizeRatings } from '../stats/index.ts';
import { rateQloraModels } from './qlora-ratings.ts';
import type { PreferenceRow, PublishedRating } from './rows.ts';

const PUBLIC: Evidence = 'public';

/**
 * Computes how often GPT-4 finds QLoRA's models equal to ChatGPT or better, in percent, by the data that they were
 * trained on and their size: each pair in both orders, where disagreement is a tie. The public counterpart of Figure
 * 1, right.
 *
 * @param series such as `guanaco`, `alpaca` and `self-instruct`.
 * @example
 * // Needs public records.
 * (await qloraPreferences(['guanaco'])).map(({ size }) => size) // [7000000000, 13000000000, 33000000000, 65000000000]
 */
export async function qloraPreferences(
  series: readonly string[],
  options: FetchOptions = {},
): Promise<PublishedRating[]> {
  return rateQloraModels(series, options, (reviews, owners, model) => {
    const preferences = preferencesOf(withOwners(reviews, owners, model), PUBLIC);
    const { equalOrBetter } = summarizePreference(preferences, { model });
    const percent = (part: number | null) => (part === null ? null : 100 * part);
    const { value, low, high, n } = equalOrBetter;
    return { value: percent(value), low: percent(low), high: percent(high), n };
  });
}

/** FastChat's models whose answers GPT-4 reviewed beside ChatGPT's, by their names in figures. */
const VICUNAS = {
  'Vicuna-7B': { answers: 'fastchat/vicuna-7b', reviews: 'fastchat/reviews/gpt35-vicuna-7b' },
  'Vicuna-13B': { answers: 'fastchat/vicuna-13b', reviews: 'fastchat/reviews/gpt35-vicuna-13b' },
} as const;

/**
 * Summarizes GPT-4's published reviews of Vicuna beside ChatGPT, on FastChat's 80 questions in one order.
 *
 * @example
 * // Needs public records.
 * (await fastChatPreferences())[0]?.n // 80
 */
export async function fastChatPreferences(options: FetchOptions = {}): Promise<PreferenceRow[]> {
  const chatGpt = await loadText('fastchat/gpt35', options);
  const owners = parseAnswerOwners(chatGpt.text, chatGpt.name);
  const rows: PreferenceRow[] = [];
  for (const [model, records] of Object.entries(VICUNAS)) {
    const reviews = await loadText(records.reviews, options);
    const named = withOwners(parseReviews(reviews.text, reviews.name), owners, model);
    const summary = summarizePreference(preferencesOf(named, PUBLIC), { model });
    rows.push(preferenceRow('GPT-4, beside ChatGPT (FastChat)', model, summary));
  }
  return rows;
}

/**
 * Summarizes the majority of three people on LLaMA-7B beside other models that were trained alike, by PandaLM's
 * votes.
 *
 * @example
 * // Needs public records.
 * (await pandaLmPreferences()).map(({ model }) => model) // ['bloom-7b', 'cerebras-gpt-6.7B', 'opt-7b', 'pythia-6.9b']
 */
export async function pandaLmPreferences(options: FetchOptions = {}): Promise<PreferenceRow[]> {
  const { text, name } = await loadText('pandalm/testset', options);
  const model = 'llama-7b';
  const own = parsePandaLm(text, name).filter(({ left, right }) => left === model || right === model);
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
