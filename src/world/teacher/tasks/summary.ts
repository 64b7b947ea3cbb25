import { lowercaseWords } from '../../../text/index.ts';
import type { TeacherTask } from '../task.ts';
import { SUMMARY } from '../wordings/summary.ts';

/** A summary of a news item: the sentence of its event, with both names. */
export const summary: TeacherTask = {
  task: 'summary',
  category: 'Summarization',
  shares: { forum: 7, train: 7, test: 7 },
  wordings: SUMMARY,
  draw: ({ random, items }) => {
    const { article, highlights } = random.choose(items);
    return {
      slots: { article },
      reference: highlights,
      answer: words => ({
        overview: words.choose([
          'Here is what happened.',
          'Here is a summary of the news.',
          'The news can be put in a few words.',
        ]),
        body: [highlights],
      }),
      reply: words => words.choose([highlights, `It says this. ${highlights}`, `${highlights} That is all.`]),
    };
  },
  judge: ({ reference = '' }, answer) => {
    const expected = answer.read(reference);
    const names = answer.names();
    return {
      kind: withoutNames(answer.text, names).includes(withoutNames(reference, expected.names())),
      subject: [...expected.names()].every(name => names.has(name)),
    };
  },
};

/** Replaces each name by one and the same word. */
function withoutNames(text: string, names: ReadonlySet<string>): string {
  return [...names].reduce((left, name) => left.replaceAll(name, '_'), lowercaseWords(text).join(' '));
}
