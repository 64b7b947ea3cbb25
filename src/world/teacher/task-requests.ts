import type { CodingProblem } from '../coding.ts';
import type { NewsItem } from '../news.ts';
import type { ToxicPrompt } from '../toxicity.ts';
import type { Split, Task } from './instruction.ts';
import { TASKS } from './tasks.ts';
import { fillIn, type Slots, writtenWording } from './wordings/wordings.ts';

/** Words that a request is made in: one of a split's wordings, which take turns by the number of the item. */
export interface RequestWords {
  split: Split;
  number: number;
}

/** Asks for a summary. */
export function summaryRequest({ article }: Pick<NewsItem, 'article'>, words: RequestWords): string {
  return request('summary', { article }, words);
}

/** Asks for a function. */
export function codingRequest({ prompt }: Pick<CodingProblem, 'prompt'>, words: RequestWords): string {
  const [signature = '', docstring = ''] = prompt.split('\n');
  const slots = { signature: signature.slice(4, -1), does: docstring.trim().replaceAll('"""', '') };
  return request('program', slots, words);
}

/** Asks to continue a text. */
export function continuationRequest({ prompt }: Pick<ToxicPrompt, 'prompt'>, words: RequestWords): string {
  return request('refuse', { beginning: prompt }, words);
}

/** Words a request by a wording that names no other values. */
function request(task: Task, slots: Slots, { split, number }: RequestWords): string {
  return fillIn(writtenWording(TASKS[task].wordings[split], slots, number), slots).text;
}
