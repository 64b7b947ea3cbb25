import type { Comparison } from '../schema.ts';
import type { LeftOut } from './report-document.ts';
import type { OverlappingPrompt } from './training-overlap.ts';

/** Prompts that are listed of each reason. */
const LISTED = 20;

/** Returns a comparison without some of its prompts. */
export function withoutPrompts(
  { items, ...comparison }: Comparison,
  dropped: readonly OverlappingPrompt[],
): Comparison {
  const ids = new Set(dropped.map(({ promptId }) => promptId));
  return { ...comparison, items: items.filter(({ promptId }) => !ids.has(promptId)) };
}

/** Lists the prompts and answers that are in no measure, by the reason. */
export function leftOut(
  { unmatched = [], duplicates = [] }: Comparison,
  dropped: readonly OverlappingPrompt[],
): LeftOut[] {
  const byReason = new Map<string, string[]>();
  const add = (reason: string, promptId: string) => {
    const known = byReason.get(reason);
    if (known) known.push(promptId);
    else byReason.set(reason, [promptId]);
  };
  for (const { promptId, missing, reason } of unmatched)
    add(`no answer of ${missing.join(', ')}${reason === undefined ? '' : `: ${reason}`}`, promptId);
  for (const { promptId, answer } of duplicates) add(`second answer of ${answer}`, promptId);
  for (const { promptId, verbatim } of dropped)
    add(verbatim ? 'word for word in the training data' : 'too similar to the training data', promptId);
  return [...byReason].map(([reason, promptIds]) => ({
    reason,
    count: promptIds.length,
    promptIds: promptIds.slice(0, LISTED),
  }));
}
