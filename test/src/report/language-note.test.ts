import { expect, test } from 'vitest';
import { languageNote } from '../../../src/report/language-note.ts';
import type { Comparison } from '../../../src/schema.ts';

const ENGLISH = 'The sea is salt because rivers carry minerals from the land into it over a very long time.';
const GERMAN = 'Das Meer ist salzig, weil Flüsse seit sehr langer Zeit Mineralien vom Land hineintragen.';

function answersOf(...texts: string[]): Comparison {
  const items = texts.map((text, i) => ({ promptId: String(i), prompt: '', answers: { t: { text } } }));
  return { version: 1, answers: [{ id: 't', label: 'T', role: 'teacher' }], items };
}

test('answers in other languages are mentioned, since words and lexicon are English', async () => {
  const note = await languageNote(answersOf(ENGLISH, GERMAN, GERMAN), 't');
  expect(note).toMatch(/^2 of 3 answers of t are not in English \(de\)\. The function words/);
});

test('English answers, short ones, and fewer than a tenth in other languages are not', async () => {
  const english = Array.from({ length: 11 }, () => ENGLISH);
  expect(await languageNote(answersOf(...english, GERMAN), 't')).toBeUndefined();
  expect(await languageNote(answersOf('Ja, natürlich.', 'Oui.', ''), 't')).toBeUndefined();
});
