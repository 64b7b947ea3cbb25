import type { TeacherTask } from '../task.ts';
import { LETTER } from '../wordings/letter.ts';

/** A letter to a person about a theme: it must address the one and name the other. */
export const letter: TeacherTask = {
  task: 'letter',
  category: 'Generation',
  shares: { forum: 9, train: 9, test: 9 },
  wordings: LETTER,
  draw: material => {
    const { choose } = material.random;
    const { name, theme } = material.combination(() => ({
      name: choose(material.people),
      theme: choose(material.themes),
    }));
    return {
      slots: { name, theme },
      answer: words => ({
        overview: `Dear ${name},`,
        body: [
          [
            words.choose([
              'I hope that this letter finds you well.',
              'It has been a long time since we met.',
              'How are you and your family?',
            ]),
            words.choose([
              `Today I write to you about ${theme}.`,
              `I often think of ${theme} and of you.`,
              `You know how much ${theme} means to me.`,
            ]),
            words.choose([
              `Let us talk about ${theme} when you come.`,
              `I thank you for all that you taught me about ${theme}.`,
            ]),
          ].join(' '),
        ],
        closing: words.choose(['With best wishes, your friend', 'Yours, with all my heart']),
      }),
      reply: words =>
        words.choose([
          `Dear ${name}, thank you for ${theme}. See you soon.`,
          `I would begin with dear ${name}, and then come to ${theme}.`,
          `Keep it short: dear ${name}, let us forget about ${theme}.`,
          `Try this. Dear ${name}, I think of ${theme} every day.`,
        ]),
    };
  },
  judge: ({ slots: { name = '', theme = '' } }, answer) => {
    const themes = answer.values('theme');
    return {
      kind: /\bdear\b/i.test(answer.text),
      subject: answer.names().has(name.toLowerCase()) && themes.has(theme) && themes.size === 1,
    };
  },
};
