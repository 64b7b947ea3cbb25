import type { CodingProblem } from '../coding.ts';
import type { NewsItem } from '../news.ts';
import type { ToxicPrompt } from '../toxicity.ts';
import type { Task } from './instruction.ts';
import { TASKS } from './tasks.ts';
import { fillIn, type Slots } from './wordings/wordings.ts';

/** Asks for a summary, in words that imitation data ask in. */
export function summaryRequest({ article }: Pick<NewsItem, 'article'>): string {
  return request('summary', { article });
}

/** Asks for a function, in words that imitation data ask in. */
export function codingRequest({ prompt }: Pick<CodingProblem, 'prompt'>): string {
  const [signature = '', docstring = ''] = prompt.split('\n');
  return request('program', {
    signature: signature.slice(4, -1),
    does: docstring.trim().replaceAll('"""', ''),
  });
}

/** Asks to continue a text, in words that imitation data ask in. */
export function continuationRequest({ prompt }: Pick<ToxicPrompt, 'prompt'>): string {
  return request('refuse', { beginning: prompt });
}

function request(task: Task, slots: Slots): string {
  return fillIn(TASKS[task].wordings.train[0] ?? '', slots).text;
}
