import { type FetchOptions, fillTemplate, loadPaperData, loadText } from '../data/index.ts';
import { parseCsv } from '../readers/index.ts';
import { rouge } from '../text/index.ts';
import { type Benchmark, benchmark } from './benchmark.ts';

/** A news article with the highlights that editors wrote. */
export interface Article {
  id: string;
  article: string;
  highlights: string;
}

/** How to ask CNN/DailyMail. */
export interface CnnDmOptions extends FetchOptions {
  /** Whether ROUGE compares stems; default no. */
  stem?: boolean;
  /** Items of one's own; default 1,000 articles of the validation set. */
  items?: readonly Article[];
}

/** Most tokens of a summary. */
const MAX_TOKENS = 128;

/**
 * Summaries of news after two examples, by ROUGE F1 in percent.
 *
 * @see Gudibande et al. 2023, Tables 7 and 9
 */
export async function cnnDm(options: CnnDmOptions = {}): Promise<Benchmark<Article>> {
  const { stem = false } = options;
  const { template } = await loadPaperData('table9');
  return benchmark({
    name: 'cnn-dm',
    shots: 2,
    items: options.items ?? (await cnnDmItems(options)),
    buildPrompt: ({ article }, promptFormat) => ({
      prompt: fillTemplate(template, { article }),
      maxTokens: MAX_TOKENS,
      // A summary begins after a blank line, as the examples' do: only the next article ends it.
      ...(promptFormat === 'raw' && { stop: ['\nArticle:'] }),
    }),
    percents: ['rouge1', 'rouge2', 'rougeL'],
    score: ({ highlights }, { text }) => {
      const { rouge1, rouge2, rougeL } = rouge(text, highlights, { stem });
      return { rouge1: 100 * rouge1.f1, rouge2: 100 * rouge2.f1, rougeL: 100 * rougeL.f1 };
    },
  });
}

/** The public part of the validation set. */
export async function cnnDmItems(options: FetchOptions = {}): Promise<Article[]> {
  const { text, name } = await loadText('cnn-dm/articles', options);
  return parseCsv(text, name).map(({ value: { id, article, highlights } }) => ({
    id: String(id),
    article: String(article),
    highlights: String(highlights),
  }));
}
