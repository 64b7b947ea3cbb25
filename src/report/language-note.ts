import { textLanguage } from '../data/index.ts';
import type { Comparison } from '../schema.ts';
import { splitWords } from '../text/index.ts';

/** Words from which on the language of an answer is detected: of fewer it is a guess. */
const FEWEST_WORDS = 10;
/** Answers that are looked at, the first ones. */
const MOST_ANSWERS = 500;
/** Share of answers in other languages from which on they are mentioned; fewer may be misread. */
const MENTIONED = 0.1;

/**
 * States how many of a teacher's answers are not in English, for which function words, openings of summaries, stop words
 * and the lexicon of refusals were listed.
 *
 * @param comparison of answers alone, see `bareComparison`.
 * @param teacher id of its answers.
 * @returns undefined where nearly all are in English, or too short to detect it.
 */
export async function languageNote({ items }: Comparison, teacher: string): Promise<string | undefined> {
  const texts = items
    .map(({ answers }) => answers[teacher]?.text ?? '')
    .filter(text => splitWords(text).length >= FEWEST_WORDS)
    .slice(0, MOST_ANSWERS);
  const languageOf = await textLanguage();
  const languages = texts.flatMap(text => languageOf(text) ?? []);
  const others = languages.filter(language => language !== 'en');
  if (others.length === 0 || others.length < MENTIONED * languages.length) return undefined;
  return `${others.length} of ${languages.length} answers of ${teacher} are not in English (${mostCommon(others)}). The function words, openings of summaries, stop words and refusals that are counted are English, so that style, content and refusals by the lexicon say less about these.`;
}

function mostCommon(languages: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const language of languages) counts.set(language, (counts.get(language) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, 3)
    .map(([language]) => language)
    .join(', ');
}
