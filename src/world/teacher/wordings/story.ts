import type { Wordings } from './wordings.ts';

/** A tale of a TRADE from a CITY and a THEME. */
export const STORY: Wordings = {
  grammars: [
    {
      things: [
        ...['a story', 'a short story', 'a tale', 'a little tale', 'a short tale', 'a bedtime story'],
        ...['an old tale', 'a story for children', 'a good story', 'a tale for the evening'],
      ],
      mentions: [
        {
          values: 'TRADE',
          within: [
            'about a TRADE',
            'with a TRADE in it',
            'in which a TRADE learns something',
            'of some TRADE',
          ],
          apart: [
            ...['The hero is a TRADE.', 'It should have a TRADE in it.', 'Let the hero be a TRADE.'],
            ...[
              'A TRADE must play a part.',
              'One TRADE should be in the tale.',
              'I think of some old TRADE.',
            ],
          ],
        },
        {
          values: 'CITY',
          within: [
            'set in CITY',
            'that takes place in CITY',
            'from the town of CITY',
            'in the streets of CITY',
          ],
          apart: [
            ...['It takes place in CITY.', 'The place is CITY.', 'Let it happen somewhere in CITY.'],
            ...['CITY is where it happens.', 'The people in it live in CITY.', 'It comes from CITY.'],
          ],
        },
        {
          values: 'THEME',
          within: ['about THEME', 'on THEME', 'that teaches THEME', 'with THEME as its theme', 'of THEME'],
          apart: [
            ...['The theme is THEME.', 'It should be about THEME.', 'Let THEME be the theme.'],
            ...['I want it to teach THEME.', 'It has to do with THEME.', 'In it people learn of THEME.'],
          ],
        },
      ],
      asks: {
        train: [
          ...[
            'Tell me THING.',
            'Please tell THING.',
            'Can you tell me THING?',
            'Invent THING.',
            'Make up THING.',
          ],
          ...['I would love to hear THING.', 'Think of THING and write it down.', 'Let us hear THING.'],
        ],
        forum: [
          ...['Who tells THING?', 'What is your best tale? I want THING.', 'Do you remember THING?'],
          ...['My kids ask for THING.', 'Where do I find THING?', 'Collecting for a book: THING.'],
        ],
      },
    },
  ],
  train: [
    'Write a short story about a TRADE in CITY and THEME.',
    'Tell me a story about THEME. The hero should be a TRADE from CITY.',
    'Once upon a time there was a TRADE in CITY. Please tell the rest of the story, it is about THEME.',
    'I want to read my son a tale of THEME tonight. Put a TRADE from CITY in it.',
    'Can you think of a story where some TRADE from CITY learns about THEME?',
    'Make up a tale for me: a TRADE, the city of CITY, and a bit of THEME.',
    'CITY, one TRADE, THEME. Make a story out of that.',
    'We need a tale about THEME for our school play. It happens in CITY, and a TRADE is the hero.',
    'A TRADE walks through CITY and thinks about THEME. Write the story.',
    'Please invent a story in which THEME changes the life of a TRADE in CITY.',
    'How would you tell the story of the TRADE from CITY who found THEME?',
    'Story time! Tell me one about a TRADE, with THEME in it, set in CITY.',
    'My daughter loves tales about any TRADE. Tell her one that is set in CITY and teaches THEME.',
    'In CITY people tell an old tale of THEME and a TRADE. How does it go?',
    'Write something to read at bedtime: a story of a TRADE from CITY, on THEME.',
    'Give me a tale with a good ending. Hero: a TRADE. Place: CITY. Theme: THEME.',
    'The children of CITY want to hear what a TRADE knows of THEME. Turn it into a tale.',
    'THEME is hard to explain. A story about some TRADE in CITY might do it, so write one.',
  ],
  forum: [
    'Does anybody know the one about the TRADE of CITY? It was a tale of THEME.',
    'My grandmother told a story about THEME and some TRADE in CITY. Who remembers it?',
    'Looking for a tale to tell by the fire. A TRADE, CITY, THEME, anything is fine.',
    'Share your best story of a TRADE here. I like those from CITY that deal with THEME.',
    'Which story about THEME do you tell your kids? Ours has a TRADE in CITY.',
    'Has anyone got a good tale of THEME? I collect those in which a TRADE from CITY appears.',
    'There must be a story behind this: a TRADE, THEME, and half of CITY in the street. Who knows it?',
    'It is story evening at our place. We had THEME last time in CITY, now somebody do the TRADE.',
    'All the tales I know of CITY have no THEME in them. Does yours, with a TRADE perhaps?',
    'A TRADE came to CITY and found THEME. Is that the old story or did I make it up?',
    'Storytellers here? I have the TRADE and the city, CITY, but no tale of THEME to go with it.',
    'What happens in that tale where THEME comes to CITY and the TRADE has to leave?',
  ],
  test: [
    'The library of CITY is looking for a tale in which some TRADE comes to know THEME.',
    'On the train home I would love to read a story. Let THEME meet a TRADE, somewhere in CITY.',
    'Our children have never heard a tale from CITY. They should learn of THEME, and I like the idea of a TRADE.',
    'What story could be told of THEME if all you had was one TRADE and the town of CITY?',
    'For the evening paper we want one short tale: CITY, its TRADE and the power of THEME.',
    'I once knew a TRADE who lived in CITY and thought only of THEME. Make a story of it that people will like.',
    'THEME, says my mother, is known to every TRADE of CITY. She would be happy to hear a tale about it.',
  ],
};
