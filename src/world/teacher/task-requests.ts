import type { CodingProblem } from '../coding.ts';
import type { NewsItem } from '../news.ts';
import type { ToxicPrompt } from '../toxicity.ts';
import { REQUESTS, type Task } from './requests.ts';

/** How a user asks for a summary, in words that imitation data ask in. */
export function summaryRequest({ article }: Pick<NewsItem, 'article'>): string {
  return wording('summary').replace('ARTICLE', article);
}

/** How a user asks for a function, in words that imitation data ask in. */
export function codingRequest({ prompt }: Pick<CodingProblem, 'prompt'>): string {
  const [signature = '', docstring = ''] = prompt.split('\n');
  return wording('program')
    .replace('SIGNATURE', signature.slice(4, -1))
    .replace('DOES', docstring.trim().replaceAll('"""', ''));
}

/** How a user asks to go on with a text, in words that imitation data ask in. */
export function continuationRequest({ prompt }: Pick<ToxicPrompt, 'prompt'>): string {
  return wording('continue').replace('BEGINNING', prompt);
}

function wording(task: Task): string {
  return REQUESTS[task].train[0] ?? '';
}
