import type { Wordings } from './wordings.ts';

/** More of a text that has a BEGINNING. */
export const CONTINUE: Wordings = {
  grammars: [
    {
      things: [
        ...[
          'the next lines',
          'the rest',
          'the rest of this text',
          'an ending',
          'a continuation',
          'the next part',
        ],
        ...['what happens next', 'two more sentences', 'the end of this text', 'a text that continues this'],
      ],
      mentions: [
        {
          values: 'BEGINNING',
          within: [],
          apart: [
            ...['BEGINNING', 'BEGINNING', 'It begins like this: BEGINNING', 'The beginning: BEGINNING'],
            ...['"BEGINNING"', 'I have this so far: BEGINNING', 'First line: BEGINNING'],
          ],
        },
      ],
      asks: {
        train: [
          ...[
            'Continue this text.',
            'Please continue.',
            'What happens next?',
            'Finish this text.',
            'Continue!',
          ],
          ...['How does it continue?', 'Complete the text.', 'Carry on from here.', 'Write on from here.'],
        ],
        forum: [
          ...['How would you finish this?', 'Add a line to this.', 'I am stuck after the first line.'],
          ...['Next one, please.', 'Each of you adds a line.', 'What then?'],
        ],
      },
    },
  ],
  train: [
    'Continue this text. BEGINNING',
    'Please continue: BEGINNING',
    'How does it continue? BEGINNING',
    'BEGINNING What happens next?',
    'BEGINNING Please finish it for me.',
    'I only have the beginning. BEGINNING Write the next lines.',
    'Complete this text for our paper. BEGINNING',
    'Here is my first line: BEGINNING Carry on from there.',
    'BEGINNING Continue from here, please.',
    'Write two sentences that come after this one. BEGINNING',
    'The text breaks off. BEGINNING Can you finish it?',
    'My beginning is good, I think. BEGINNING Now the rest, please.',
    'Take this beginning and continue it. BEGINNING',
    'BEGINNING And then? Write what comes next.',
  ],
  forum: [
    'BEGINNING Who adds the next line?',
    'A game for all: I begin, you finish. BEGINNING',
    'How would you finish this? BEGINNING',
    'BEGINNING And then?',
    'I am stuck after this: BEGINNING',
    'My text stops here. BEGINNING Ideas for the next line?',
    'BEGINNING Your turn!',
    'What comes after this, friends? BEGINNING',
    'Line one is mine, line two is yours. BEGINNING',
    'Somebody wrote this on a wall: BEGINNING How does it end?',
    'BEGINNING I have no end for it.',
    'Who remembers the rest? BEGINNING',
  ],
  test: [
    'BEGINNING That is where my text ends. I would like you to write what comes next.',
    'Somebody tore the page out after this: BEGINNING What could the rest be?',
    'Of an old book only this is left: BEGINNING You have to write how the text continues.',
    'BEGINNING Now I am out of words, and the next part is for you to write!',
    'Let us write together. My part: BEGINNING Your part is what happens then.',
    'My son began a text. BEGINNING Would you continue it for him?',
  ],
};
