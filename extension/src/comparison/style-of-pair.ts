import { bareAnswer } from 'imitation-lab/conversation';
import type { ComparedAnswer, ComparisonItem } from 'imitation-lab/schema';
import { type PairStyle, pairStyle } from 'imitation-lab/text';
import { answerOf } from './comparison-item.ts';

const kept = new WeakMap<ComparisonItem, Map<string, PairStyle>>();

/** The two answers that a measure compares. */
export interface Pair {
  teacher: string;
  model: string;
}

/**
 * Computes the style of one item's pair, once, without reasoning and echoed prompts; `null` if either answer is missing.
 */
export function styleOfPair(item: ComparisonItem, { teacher, model }: Pair): PairStyle | null {
  const reference = answerOf(item, teacher);
  const answer = answerOf(item, model);
  if (!reference || !answer) return null;
  const key = JSON.stringify([teacher, model]);
  const styles = kept.get(item) ?? new Map<string, PairStyle>();
  kept.set(item, styles);
  const bare = ({ text }: ComparedAnswer) => bareAnswer(text, { prompt: item.prompt }).text;
  const style = styles.get(key) ?? pairStyle(bare(reference), bare(answer));
  styles.set(key, style);
  return style;
}
