import type { Wordings } from './wordings.ts';

/** A letter to a person by NAME on a THEME. */
export const LETTER: Wordings = {
  grammars: [
    {
      things: [
        ...['a letter', 'a short letter', 'a note', 'a kind letter', 'a friendly letter', 'a short note'],
        ...['a letter of thanks', 'a nice letter', 'a kind note', 'a good letter'],
      ],
      mentions: [
        {
          values: 'NAME',
          within: [
            'to NAME',
            'for NAME',
            'addressed to NAME',
            'that I can send to NAME',
            'to my friend NAME',
          ],
          apart: [
            ...['It goes to NAME.', 'NAME will read it.', 'I will send it to NAME.', 'Write to NAME.'],
            ...['It is meant for NAME.', 'The name is NAME.', 'It must reach NAME this week.'],
          ],
        },
        {
          values: 'THEME',
          within: [
            'about THEME',
            'on THEME',
            'that has to do with THEME',
            'full of THEME',
            'on the subject of THEME',
          ],
          apart: [
            ...['The subject is THEME.', 'It should mention THEME.', 'Let it be about THEME.'],
            ...['Say something about THEME.', 'It has to do with THEME.', 'I want to write about THEME.'],
          ],
        },
      ],
      asks: {
        train: [
          ...['Draft THING.', 'Please draft THING.', 'Write me THING.', 'I have to send THING.'],
          ...['Put THING on paper for me.', 'Compose THING.', 'How would you write THING?'],
        ],
        forum: [
          ...['How do you begin THING?', 'I have to write THING.', 'Never wrote THING before.'],
          ...['Who would help with THING?', 'What do you put in THING?'],
        ],
      },
    },
  ],
  train: [
    'Write a letter to NAME about THEME.',
    'Dear assistant, I must write to NAME. Please draft the letter, the subject is THEME.',
    'I want to send NAME a few lines on THEME. Write them for me.',
    'NAME wrote to me about THEME. Please write a letter back.',
    'Can you help me to answer NAME? I need a kind letter that mentions THEME.',
    'Please put my thanks for THEME into a letter to NAME.',
    'How does one write to NAME about THEME? Show me such a letter.',
    'A letter, please. Reader: NAME. Subject: THEME.',
    'I have not written to NAME for years. Draft a letter that is about THEME.',
    'Compose a short note to NAME. It should say how much THEME means to me.',
    'My friend NAME lives far from here. Write a letter about THEME that I can send.',
    'Write something by post to NAME: a friendly note, with THEME as its subject.',
    'On THEME I have a lot to say to NAME. Make a letter of it.',
    'I am sitting here with pen and paper. What should I write to NAME on the subject of THEME?',
    'Please help me to find the words for a letter. NAME has to hear about THEME from me.',
    'Draft what I will send to NAME this week, a note about THEME.',
  ],
  forum: [
    'I want to write to NAME but THEME is a hard subject. How would your letter begin?',
    'Has anyone here ever sent a letter to NAME? Mine would be on THEME.',
    'How do I put THEME in a letter? It is for NAME.',
    'NAME still waits for my letter about THEME. Who can write better than I can?',
    'What do you write to NAME after so much THEME? A letter, I mean, not a visit.',
    'Letter to NAME, subject THEME. I sit here and nothing comes.',
    'We all sign a letter to NAME. Who adds the lines on THEME?',
    'Is it fine to mention THEME in a letter to NAME?',
    'The post goes at noon and my note to NAME is still empty. It is about THEME.',
    'My letter to NAME got too long. How do you say it with THEME alone?',
    'Somebody here must know how to write to NAME. I need a letter, and I need it to be on THEME.',
    'They told me to thank NAME for THEME by letter. How does that go?',
  ],
  test: [
    'NAME should find a letter on the table tomorrow, one that says how I feel about THEME.',
    'Pen, paper, and THEME on my mind: what do I put in the letter to NAME?',
    'There is a lot of THEME between NAME and me. Let us put it in a letter.',
    'Since the day we met I owe NAME a note. Find good words for it, and let them be on THEME.',
    'You know how to write a letter. This one is for NAME, and THEME is what it is about.',
    'A short letter might help NAME, who has had too much of THEME. Would you write it?',
    'The post is open for an hour more. With a kind note on THEME I could reach NAME in time.',
  ],
};
