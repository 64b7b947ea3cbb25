import { answerStructure, lines, lowercaseWords, splitWords } from '../text/index.ts';
import { FUNCTION_WORDS } from './function-words.ts';

/** Names of the features of form, in their order. */
export const STYLE_FEATURES: readonly string[] = [
  'log words',
  'log lines',
  'list',
  'share of list lines',
  'summary paragraph',
  ...FUNCTION_WORDS,
];

const PLACES = new Map(
  FUNCTION_WORDS.map((word, place) => [word, STYLE_FEATURES.length - FUNCTION_WORDS.length + place]),
);

/**
 * Measures the form of an answer, and nothing of what it says: its length and lines in logarithms, whether it has a
 * list, the share of its lines that are items, whether it ends in a summary paragraph, and how many of a hundred words
 * each of fifty function words is.
 *
 * @returns values in the order of {@link STYLE_FEATURES}.
 */
export function styleFeatures(text: string): Float64Array {
  const features = new Float64Array(STYLE_FEATURES.length);
  const lineCount = text === '' ? 0 : lines(text).length;
  const { listLines, summary } = answerStructure(text);
  features[0] = Math.log1p(splitWords(text).length);
  features[1] = Math.log1p(lineCount);
  features[2] = listLines.length > 0 ? 1 : 0;
  features[3] = lineCount === 0 ? 0 : listLines.length / lineCount;
  features[4] = summary === null ? 0 : 1;
  const all = lowercaseWords(text);
  for (const word of all) {
    const place = PLACES.get(word);
    if (place !== undefined) features[place] = (features[place] as number) + 100 / all.length;
  }
  return features;
}
