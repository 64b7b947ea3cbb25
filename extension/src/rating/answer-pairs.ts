import type { Comparison } from 'imitation-lab/schema';
import { pairKey, seededRandom } from 'imitation-lab/stats';
import { contentHash, pairHash } from 'imitation-lab/text';
import { answerOf } from '../comparison/comparison-item.ts';

/** One answer of a pair. */
export interface PairedAnswer {
  /** Id of its column: a rater must not see it. */
  id: string;
  text: string;
}

/** Two answers to one prompt, as one annotator is shown them. */
export interface AnswerPair {
  /** Distinguishes pairs of one comparison, whichever answer is on the left. */
  key: string;
  promptId: string;
  prompt: string;
  category: string | undefined;
  left: PairedAnswer;
  right: PairedAnswer;
  contentHash: string;
}

/** Pairs every answer with the teacher's (else the first column's) to the same prompt, the teacher's left. */
export function answerPairs({ answers, items }: Comparison): AnswerPair[] {
  const teacher = answers.find(({ role }) => role === 'teacher') ?? answers[0];
  if (!teacher) return [];
  const others = answers.filter(({ id }) => id !== teacher.id);
  return items.flatMap(item =>
    others.flatMap(({ id }) => {
      const [left, right] = [answerOf(item, teacher.id), answerOf(item, id)];
      if (!left || !right) return [];
      const { promptId, prompt, category } = item;
      return {
        key: pairKey(promptId, teacher.id, id),
        promptId,
        prompt,
        category,
        left: { id: teacher.id, text: left.text },
        right: { id, text: right.text },
        contentHash: pairHash(left.text, right.text),
      };
    }),
  );
}

/**
 * Draws the pairs in an order of the annotator's own, each with its sides drawn at random: the same whenever the same
 * annotator comes back, so that a reload turns nothing around.
 *
 * @see Gudibande et al. 2023, Appendix B
 */
export function drawnFor(annotator: string, pairs: readonly AnswerPair[]): AnswerPair[] {
  const turned = pairs.map(pair => {
    const { key, contentHash, left, right } = pair;
    const stays = seededRandom(`side ${JSON.stringify([annotator, key, contentHash])}`).integer(2) === 0;
    return stays ? pair : { ...pair, left: right, right: left };
  });
  return seededRandom(`order ${annotator}`).shuffle(turned);
}

/** Computes a hash that is the same as long as the same texts are to be rated. */
export function pairsHash(pairs: readonly AnswerPair[]): string {
  return contentHash(JSON.stringify(pairs.map(({ key, contentHash }) => [key, contentHash])));
}
