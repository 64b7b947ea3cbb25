import type { Comparison } from '../../../src/schema.ts';
import { seededRandom } from '../../../src/stats/index.ts';

/** Answers by prompt, one a column. */
export type Columns = Readonly<Record<string, readonly string[]>>;

/** Words about one prompt alone. */
const topic = (prompt: number, from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => `thing${prompt}x${from + i}`);

/**
 * Makes answers of a teacher that writes lists and sums up, and of a base that rambles; both are about the prompt, and
 * a second sample of the teacher shares more words with the first than the base does.
 */
export function madeAnswers(n: number): { teacher: string[]; secondTeacher: string[]; base: string[] } {
  const { integer } = seededRandom('made answers');
  const prompts = Array.from({ length: n }, (_, i) => i);
  const teacher = (words: readonly string[]) => {
    const items = words.map(word => `- The ${word} is of use to you.`).slice(0, 3 + integer(4));
    return `Here are some points on it:\n\n${items.join('\n')}\n\nOverall, these are the ways in which it helps.`;
  };
  return {
    teacher: prompts.map(prompt => teacher(topic(prompt, 0, 7))),
    secondTeacher: prompts.map(prompt => teacher(topic(prompt, 0, 7).reverse())),
    base: prompts.map(prompt =>
      `I had ${topic(prompt, 1, 3).join(' and ')} but they were not what she said he had`.repeat(
        1 + integer(2),
      ),
    ),
  };
}

/** Puts columns of answers side by side. */
export function comparisonOf(columns: Columns): Comparison {
  const ids = Object.keys(columns);
  const [first = []] = Object.values(columns);
  return {
    version: 1,
    answers: ids.map(id => ({ id, label: id, role: id === 'teacher' ? 'teacher' : 'imitation' })),
    items: first.map((_, prompt) => ({
      promptId: String(prompt),
      prompt: `Prompt ${prompt}?`,
      answers: Object.fromEntries(ids.map(id => [id, { text: columns[id]?.[prompt] ?? '' }])),
    })),
  };
}
