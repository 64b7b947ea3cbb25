import type { Wordings } from './wordings.ts';

/** Other words for a SENTENCE. */
export const REWRITE: Wordings = {
  grammars: [
    {
      things: [
        ...[
          'other words for this',
          'another way to say this',
          'a new wording of this',
          'this in other words',
        ],
        ...[
          'the same in other words',
          'a better wording',
          'the sentence in other words',
          'a new version of this',
        ],
      ],
      mentions: [
        {
          values: 'SENTENCE',
          within: [],
          apart: [
            ...['SENTENCE', 'SENTENCE', 'The sentence: SENTENCE', 'Here it is: SENTENCE', '"SENTENCE"'],
            ...['The line: SENTENCE', 'I wrote: SENTENCE'],
          ],
        },
      ],
      asks: {
        train: [
          ...['Say this in other words.', 'Rewrite this.', 'Put this differently.', 'Rephrase the sentence.'],
          ...['Please rewrite the sentence.', 'Reword this line.', 'How else can one say this?'],
          ...['Find other words for this.', 'Change the words, but not what it says.'],
        ],
        forum: [
          ...[
            'How would you put it?',
            'It sounds wrong to me. Who can mend it?',
            'Is there a nicer way to say it?',
          ],
          ...['Your version, please.', 'What would you write?', 'I do not like how it sounds.'],
        ],
      },
    },
  ],
  train: [
    'Say this in other words. SENTENCE',
    'Please put this in other words. SENTENCE',
    'SENTENCE Rewrite it.',
    'Can you rephrase the following? SENTENCE',
    'How else can I say this? SENTENCE',
    'SENTENCE Find a new way to say the same.',
    'I need this sentence in other words: SENTENCE',
    'Rewrite the line for my book. SENTENCE',
    'SENTENCE That sounds dull. Put it differently, please.',
    'Change the words of this sentence and keep what it says. SENTENCE',
    'The same thing, other words, please. SENTENCE',
    'Reword this for our newspaper: SENTENCE',
    'My sentence is not nice. SENTENCE Please write it again in another way.',
    'Give me a different wording. SENTENCE',
  ],
  forum: [
    'SENTENCE How would you put it?',
    'Does this sound right? SENTENCE',
    'Which words would you choose? SENTENCE',
    'My line reads like this: SENTENCE Who has a better one?',
    'SENTENCE Is there a nicer way?',
    'I write for the club and this is dull. SENTENCE Anyone?',
    'Make this sound better, somebody. SENTENCE',
    'SENTENCE I have read it ten times and do not like it.',
    'What would a poem make of this? SENTENCE',
    'Your turn: SENTENCE',
    'Nobody understands this line of mine. SENTENCE',
    'I said it like this. SENTENCE How do you say it?',
  ],
  test: [
    'I wrote a note to my old friend, but one sentence of it is not good. SENTENCE Which other words are there?',
    'My children do not like how this was put. SENTENCE Could you rewrite it for them?',
    'SENTENCE Let me see a second way to say it!',
    'Same thing, new words: how would that go? SENTENCE',
    'There is a sentence in my letter that needs other words. It is this one: SENTENCE',
    'SENTENCE So I wrote, and now I look for a different way to write it.',
  ],
};
