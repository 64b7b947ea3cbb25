import type { Wordings } from './wordings.ts';

/** A Python function: its SIGNATURE, and what it DOES. */
export const PROGRAM: Wordings = {
  grammars: [
    {
      things: [
        ...[
          'a Python function',
          'a function in Python',
          'Python code',
          'a small function',
          'a little program',
        ],
        ...['a short function', 'some Python', 'the code'],
      ],
      mentions: [
        {
          values: 'SIGNATURE',
          within: ['named SIGNATURE', 'called SIGNATURE', 'with the name SIGNATURE', 'for SIGNATURE'],
          apart: [
            'It is called SIGNATURE.',
            'Its name is SIGNATURE.',
            'The name: SIGNATURE.',
            'Call it SIGNATURE.',
          ],
        },
        {
          values: 'DOES',
          within: [],
          apart: ['DOES', 'DOES', 'It should do this: DOES', 'This is what it does: DOES', 'The steps: DOES'],
        },
      ],
      asks: {
        train: ['Code THING.', 'Implement THING.', 'Write THING for me.', 'Program THING.'],
        forum: ['How do you code THING?', 'My code fails. I need THING.', 'Who writes THING?'],
      },
    },
  ],
  train: [
    'Write a Python function SIGNATURE. DOES',
    'I need Python code for SIGNATURE. DOES',
    'Please code SIGNATURE in Python. DOES',
    'Can you write the function SIGNATURE? DOES',
    'DOES Make it a Python function with the name SIGNATURE.',
    'Implement SIGNATURE. DOES',
    'How do I write SIGNATURE in Python? DOES',
    'Complete the program. It is called SIGNATURE. DOES',
    'My homework is a function. DOES Its name is SIGNATURE.',
    'Show me Python code that does this. DOES Name: SIGNATURE.',
    'SIGNATURE is the function that I want. DOES',
    'Program this for me in Python: DOES It is called SIGNATURE.',
  ],
  forum: [
    'How would you code SIGNATURE? DOES',
    'Stuck with Python again. SIGNATURE should do this: DOES',
    'Anyone with a short version of SIGNATURE? DOES',
    'DOES What does that look like in Python, as SIGNATURE?',
    'My SIGNATURE does not run. DOES',
    'Looking for SIGNATURE in Python. DOES',
    'Who is good at code? SIGNATURE is what I need. DOES',
    'First day with Python. They want SIGNATURE. DOES',
  ],
  test: [
    'There is no function SIGNATURE in my program yet. DOES',
    'DOES I would like to have that in Python, under the name SIGNATURE.',
    'Could the computer do this? DOES Please write it as SIGNATURE, in Python.',
    'At work they ask for a piece of Python: SIGNATURE. DOES',
    'Let SIGNATURE be a function that does the following. DOES',
  ],
};
