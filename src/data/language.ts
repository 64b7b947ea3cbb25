import type { Dialogue } from '../schema.ts';

/** Length of the part of a text that its language is detected from, in UTF-16 code units. */
const LOOKED_AT = 5000;

/** Code in Markdown, which is in no natural language. */
const CODE = /```[\s\S]*?(?:```|$)|`[^`\n]*`/g;

/**
 * Loads the detection of the language that most of a text's prose is in, code aside, by its letter sequences.
 *
 * @returns a function of a text: its language's ISO 639-1 code, such as `en`; undefined where there is too little prose.
 * @see npm `eld`, which knows 60 languages
 */
export async function textLanguage(): Promise<(text: string) => string | undefined> {
  // Its statistics of letters take 2 MB and a moment to load.
  const { eld } = await import('eld/medium');
  return text => eld.detect(text.replace(CODE, ' ').slice(0, LOOKED_AT)).language || undefined;
}

/** Loads the detection of the language that most of a dialogue's prose is in, as {@link textLanguage}. */
export async function dialogueLanguage(): Promise<(dialogue: Dialogue) => string | undefined> {
  const languageOf = await textLanguage();
  // Code that one turn leaves open ends with it.
  return ({ turns }) => languageOf(turns.map(({ content }) => content.replace(CODE, ' ')).join('\n'));
}
