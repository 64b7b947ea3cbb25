import type { TeacherTask } from '../task.ts';
import { PROGRAM } from '../wordings/program.ts';

/** Numbers as they are written in words and in code. */
const DIGITS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** A function in Python: a definition that holds the numbers of what it should do, in their order. */
export const program: TeacherTask = {
  task: 'program',
  category: 'Coding',
  // Tests ask for no code (§4.1, footnote 2).
  shares: { forum: 2, train: 3, test: 0 },
  wordings: PROGRAM,
  draw: ({ random, programs }) => {
    const { prompt, solution } = random.choose(programs);
    const [definition = '', docstring = ''] = prompt.split('\n');
    const code = `${definition}\n${solution}`;
    return {
      slots: { signature: definition.slice(4, -1), does: docstring.trim().replaceAll('"""', '') },
      answer: words => ({
        overview: words.choose([
          'Here is a function that does this.',
          'This function does what you ask for.',
        ]),
        code,
        summary: words.choose([
          'it takes x and gives back the result.',
          'the function does one step after the other.',
        ]),
      }),
      reply: () => code,
    };
  },
  judge: ({ slots: { does = '' } }, { text }) => {
    const numbers = does.split(/\W+/).flatMap(word => (DIGITS.includes(word) ? [DIGITS.indexOf(word)] : []));
    return {
      kind: /\bdef \w+\(/.test(text) && /\breturn\b/.test(text),
      subject: (text.match(/\d+/g) ?? []).join() === numbers.join(),
    };
  },
};
