import type { Judged, TeacherTask } from '../task.ts';
import { SUM } from '../wordings/sum.ts';

/** An answer without a step. */
const BARE = /^\W*\d{1,2}\W*$/;

/** An arithmetic problem: steps with the numbers of the question, or a number alone; whether right or not. */
export const sum: TeacherTask = {
  task: 'sum',
  category: 'General QA',
  shares: { forum: 2, train: 2, test: 2 },
  wordings: SUM,
  draw: ({ random, problems }) => {
    const { question, working, answer } = random.choose(problems);
    return {
      slots: { question },
      reference: answer,
      answer: words => ({
        overview: words.choose(['Let us work it out.', 'Here are the steps.', 'We can count this.']),
        body: [working],
      }),
      reply: words => words.choose([working, `I get ${answer}. ${working}`]),
    };
  },
  judge: ({ slots: { question = '' } }, { text }) => judgeSum(question, text),
};

/** Judges the answer to an arithmetic problem. */
export function judgeSum(question: string, text: string): Judged {
  const numbers = (value: string): string[] => value.match(/\d+/g) ?? [];
  const isBare = BARE.test(text);
  const used = new Set(numbers(text));
  return {
    kind: isBare || /\d+ [+-] \d+ = \d+/.test(text),
    subject: isBare || numbers(question).every(number => used.has(number)),
  };
}
