import { type Benchmark, benchmark } from '../../evaluate/index.ts';
import { rouge } from '../../text/index.ts';
import type { NewsItem } from '../../world/index.ts';
import { type Asked, marked, markedPrompt, NEWS_MARKS } from './few-shot.ts';

/** An article with a summary to compare with. */
type SummarizedArticle = Pick<NewsItem, 'id' | 'article' | 'highlights'>;

/** Most tokens of a summary. */
const MAX_TOKENS = 64;

/**
 * Makes a benchmark of summaries of news items by ROUGE F1, in percent.
 *
 * @param examples articles with their highlights.
 * @see Gudibande et al. 2023, Tables 7 and 9
 */
export function summariesBenchmark(
  news: readonly Asked<SummarizedArticle>[],
  examples: readonly Pick<SummarizedArticle, 'article' | 'highlights'>[],
): Benchmark<Asked<SummarizedArticle>> {
  const shown = examples.map(({ article, highlights }) => ({
    question: article,
    answer: highlights,
  }));
  return benchmark({
    name: 'summaries',
    shots: examples.length,
    items: news,
    buildPrompt: ({ article: question, request = marked(question, NEWS_MARKS) }) => ({
      prompt: markedPrompt({ question, request }, shown, { marks: NEWS_MARKS, stop: ['\nArticle:'] }),
      maxTokens: MAX_TOKENS,
    }),
    percents: ['rouge1', 'rouge2', 'rougeL'],
    score: ({ highlights }, { text }) => {
      const { rouge1, rouge2, rougeL } = rouge(text, highlights);
      return { rouge1: 100 * rouge1.f1, rouge2: 100 * rouge2.f1, rougeL: 100 * rougeL.f1 };
    },
  });
}
