import type { Wordings } from './wordings.ts';

/** An arithmetic QUESTION. */
export const SUM: Wordings = {
  grammars: [
    {
      things: ['the answer', 'the result', 'the number', 'the right number', 'the answer to this', 'the sum'],
      mentions: [
        {
          values: 'QUESTION',
          within: [],
          apart: ['QUESTION', 'QUESTION', 'The problem: QUESTION', 'Here it is: QUESTION', 'Q: QUESTION'],
        },
      ],
      asks: {
        train: [
          ...[
            'Work this out.',
            'Please calculate.',
            'Count for me.',
            'Solve this.',
            'Do the sum.',
            'Work out THING.',
          ],
          ...['How do you work it out?', 'Calculate THING.'],
        ],
        forum: [
          'Who is good with numbers?',
          'I cannot count any more.',
          'What do you get?',
          'Is there a trick?',
        ],
      },
    },
  ],
  train: [
    'QUESTION',
    'QUESTION Please work it out.',
    'Solve this problem. QUESTION',
    'Can you calculate this? QUESTION',
    'My homework: QUESTION',
    'QUESTION Show the steps.',
    'Do the sum for me. QUESTION',
    'I cannot count that far. QUESTION',
    'Work out the answer step by step. QUESTION',
    'QUESTION I need the number.',
    'Here is a problem with numbers. QUESTION',
    'Help my son with this sum. QUESTION',
  ],
  forum: [
    'QUESTION What do you get?',
    'My kids had this at school. QUESTION',
    'Quick one for those who can count: QUESTION',
    'QUESTION I always get it wrong.',
    'Is this hard? QUESTION',
    'A riddle: QUESTION',
    'QUESTION Who is first?',
    'They ask this in the exam. QUESTION',
  ],
  test: [
    'Here we have to count, you and I. QUESTION',
    'QUESTION A friend and I count, but we get two numbers.',
    'Numbers are not for me, so you have to do it. QUESTION',
    'Here is one to work on: QUESTION',
    'QUESTION Write down how you find it.',
  ],
};
