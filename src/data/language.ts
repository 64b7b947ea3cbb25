import type { Dialogue } from '../schema.ts';

/** Length of the part of a text that its language is detected from, in UTF-16 code units. */
const LOOKED_AT = 5000;

/** Code in Markdown, which is in no natural language. */
const CODE = /```[\s\S]*?(?:```|$)|`[^`\n]*`/g;

/**
 * Detects the language that most of a dialogue's prose is in, code aside, by its letter sequences.
 *
 * @returns its ISO 639-1 code, such as `en`; undefined where there is too little prose.
 * @see npm `eld`, which knows 60 languages
 */
export async function dialogueLanguage(): Promise<(dialogue: Dialogue) => string | undefined> {
  // Its statistics of letters take 2 MB and a moment to load.
  const { eld } = await import('eld/medium');
  return ({ turns }) => {
    const prose = turns.map(({ content }) => content.replace(CODE, ' ')).join('\n');
    return eld.detect(prose.slice(0, LOOKED_AT)).language || undefined;
  };
}
