import { type CutWords, cutWords } from '../compare/index.ts';
import { type BareAnswer, bareAnswer } from '../conversation/index.ts';
import type { ComparedAnswer, Comparison } from '../schema.ts';

/** A comparison of answers alone, and how much was cut from what models wrote. */
export interface BareComparison {
  comparison: Comparison;
  /** By the id of the answers. */
  cut: Readonly<Record<string, CutWords>>;
}

/** Cuts reasoning and echoed prompts from the answers of a comparison, before anything is measured. */
export function bareComparison({ items, ...comparison }: Comparison): BareComparison {
  const cut = new Map<string, BareAnswer[]>(comparison.answers.map(({ id }) => [id, []]));
  const bare = items.map(item => {
    const answers: Record<string, ComparedAnswer> = {};
    for (const [id, answer] of Object.entries(item.answers)) {
      const alone = bareAnswer(answer.text, { prompt: item.prompt });
      cut.get(id)?.push(alone);
      answers[id] = { ...answer, text: alone.text };
    }
    return { ...item, answers };
  });
  return {
    comparison: { ...comparison, items: bare },
    cut: Object.fromEntries(Array.from(cut, ([id, answers]) => [id, cutWords(answers)])),
  };
}
