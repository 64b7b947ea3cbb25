import type { SentenceLabel } from '../../schema.ts';
import { splitSentences } from '../../text/index.ts';
import { truthOf } from '../truth-of.ts';
import type { World } from '../world.ts';

/**
 * Labels every sentence of an answer by what is true in the world.
 *
 * @returns a function for the answers of one world.
 */
export function truthLabels(
  world: World,
): (answer: { promptId: string; model: string; text: string }) => SentenceLabel[] {
  const truth = truthOf(world);
  return ({ promptId, model, text }) =>
    splitSentences(text).map(({ start, end, text: quote }) => ({
      promptId,
      model,
      start,
      end,
      quote,
      label: truth(quote),
      annotator: 'world',
      source: 'truth' as const,
    }));
}
