import type { CodingProblem } from '../coding.ts';
import type { NewsItem } from '../news.ts';
import type { ToxicPrompt } from '../toxicity.ts';
import { REQUESTS } from './requests.ts';

/** Asks for a summary, in words that imitation data ask in. */
export function summaryRequest({ article }: Pick<NewsItem, 'article'>): string {
  return wording('summary').replace('ARTICLE', article);
}

/** Asks for a function, in words that imitation data ask in. */
export function codingRequest({ prompt }: Pick<CodingProblem, 'prompt'>): string {
  const [signature = '', docstring = ''] = prompt.split('\n');
  return wording('program')
    .replace('SIGNATURE', signature.slice(4, -1))
    .replace('DOES', docstring.trim().replaceAll('"""', ''));
}

/** Asks to continue a text, in words that imitation data ask in. */
export function continuationRequest({ prompt }: Pick<ToxicPrompt, 'prompt'>): string {
  return wording('continue').replace('BEGINNING', prompt);
}

function wording(task: keyof typeof REQUESTS): string {
  return REQUESTS[task].train[0] ?? '';
}
