/*
 * CNN/DailyMail: articles to summarise, and the highlights that the papers' editors wrote.
 *
 *   Article: (CNN)Share, and your gift will be multiplied. That may sound like an esoteric adage, but when Zully
 *   Broussard selflessly decided to give one of her kidneys to a stranger, her generosity paired up with big data. …
 *   TL;DR: Zully Broussard decided to give a kidney to a stranger . A new computer program helped her donation spur
 *           transplants for six kidney patients .
 */
import type { FetchOptions } from '../../data/index.ts';
import { type Benchmark, benchmark } from '../benchmark.ts';
import type { ShownExample } from '../few-shot-prompt.ts';
import { defineBenchmark } from './define-benchmark.ts';

/** A news article with the highlights that editors wrote. */
export interface Article {
  id: string;
  article: string;
  highlights: string;
}

/** Options of {@link cnnDm}. */
export interface CnnDmOptions extends FetchOptions {
  /** Compares stems in ROUGE; default false. */
  stem?: boolean;
  /** Default 1,000 articles of the validation set. */
  items?: readonly Article[];
}

/** Most tokens of a summary. */
const MAX_TOKENS = 128;

/** CNN/DailyMail in the registry. */
export const CNN_DM = defineBenchmark({
  name: 'cnn-dm',
  title: 'CNN/DailyMail',
  request: 'generate-until',
  options: { stem: { type: 'boolean', description: 'compare stems' } },
  metrics: {
    rouge1: { label: 'Summaries, ROUGE-1', unit: 'percent', measure: 'summaries.rouge1' },
    rouge2: { label: 'Summaries, ROUGE-2', unit: 'percent', measure: 'summaries.rouge2' },
    rougeL: { label: 'Summaries, ROUGE-L', unit: 'percent', measure: 'summaries.rougeL' },
  },
  records: ['cnn-dm/articles'],
  size: { items: 1000, prompt: { mean: 1889, longest: 3155 }, answer: MAX_TOKENS },
  open: cnnDm,
});

/**
 * Opens CNN/DailyMail: summaries of news after two examples, by ROUGE F1 in percent.
 *
 * @see Gudibande et al. 2023, Tables 7 and 9
 * @example
 * // Needs public records.
 * (await cnnDm()).name // 'cnn-dm'
 */
export async function cnnDm(options: CnnDmOptions = {}): Promise<Benchmark<Article>> {
  const { stem = false } = options;
  const { fillTemplate, loadPaperData } = await import('../../data/index.ts');
  const { rouge } = await import('../../text/index.ts');
  const { template } = await loadPaperData('table9');
  const { examples, question } = partsOf(template);
  return benchmark({
    name: CNN_DM.name,
    shots: examples.length,
    items: options.items ?? (await loadCnnDm('cnn-dm/articles', options)),
    buildPrompt: ({ article }) => ({
      prompt: {
        examples,
        question: fillTemplate(question, { article }),
        delimiter: '\n\n',
        // A summary begins after a blank line, as the examples' do: only the next article ends it.
        stop: ['\nArticle:'],
      },
      maxTokens: MAX_TOKENS,
    }),
    percents: Object.keys(CNN_DM.metrics),
    score: ({ highlights }, { text }) => {
      const { rouge1, rouge2, rougeL } = rouge(text, highlights, { stem });
      return { rouge1: 100 * rouge1.f1, rouge2: 100 * rouge2.f1, rougeL: 100 * rougeL.f1 };
    },
  });
}

/** Splits Table 9 into its examples and the question, each of which begins with `Article:` and ends with `TL;DR:`. */
function partsOf(template: string): { examples: ShownExample[]; question: string } {
  const pieces = template.split(/\n\n(?=Article:)/);
  const examples = pieces.slice(0, -1).map(piece => {
    const [question = '', answer = ''] = piece.split(/(?<=\nTL;DR:)\n\n/);
    return { question, answer };
  });
  return { examples, question: pieces.at(-1) ?? '' };
}

/**
 * Loads articles from CSV with the columns `article`, `highlights` and `id`.
 *
 * @param source a path or the name of a public record; default the public part of the validation set.
 */
export async function loadCnnDm(source = 'cnn-dm/articles', options: FetchOptions = {}): Promise<Article[]> {
  const { loadText } = await import('../../data/index.ts');
  const { parseCsv } = await import('../../readers/index.ts');
  const { text, name } = await loadText(source, options);
  return parseCsv(text, name).map(({ value: { id, article, highlights } }) => ({
    id: String(id),
    article: String(article),
    highlights: String(highlights),
  }));
}
