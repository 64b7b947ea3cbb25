import type { ComparedAnswer, ComparisonItem } from 'imitation-lab/schema';

/** One model's answer, or undefined; safe for ids such as `constructor`, which every object inherits. */
export function answerOf(item: ComparisonItem, id: string): ComparedAnswer | undefined {
  return Object.hasOwn(item.answers, id) ? item.answers[id] : undefined;
}
