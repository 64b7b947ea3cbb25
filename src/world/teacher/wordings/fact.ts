import type { Wordings } from './wordings.ts';

/** A question for the NOUN of NAME, a KIND. */
export const FACT: Wordings = {
  grammar: {
    things: ['the NOUN of NAME', 'the NOUN of the KIND NAME', 'the NOUN of NAME, the KIND'],
    mentions: [],
    ownAsksOnly: true,
    asks: {
      train: [
        ...['What is THING?', 'Tell me THING.', 'Please tell me THING.', 'Do you know THING?', 'Name THING.'],
        ...['Please name THING.', 'I need THING.', 'Give me THING.', 'Find THING for me.', 'QUESTION'],
        ...['I would like to know THING.', 'Can you tell me THING?', 'My question is about THING.'],
        ...[
          'I am looking for THING.',
          'Say what THING is.',
          'QUESTION Please tell me.',
          'Help me with THING.',
        ],
      ],
      forum: [
        ...['Anyone know THING?', 'Who can tell me THING?', 'Can somebody remember THING?', 'Hey, QUESTION'],
        ...['What was THING again?', 'I forgot THING.', 'Quick one: THING?', 'We argue about THING.'],
        ...['It is about THING.', 'Which is THING?', 'Help, I need THING.', 'Anybody? QUESTION'],
      ],
    },
  },
  train: [
    'QUESTION',
    'What is the NOUN of NAME?',
    'Please tell me the NOUN of NAME.',
    'NAME has a NOUN. Which one is it?',
    'I have a question about the KIND NAME: what is its NOUN?',
    'In our quiz somebody asks for the NOUN of NAME. What do I say?',
    'Fill in the blank: the NOUN of NAME is',
    'I know the KIND NAME, but not the NOUN. Can you tell me?',
    'What do you know about the NOUN of NAME?',
    'One question, one answer. The NOUN of NAME?',
    'At school they want to hear the NOUN of NAME from me. Please help.',
    'NAME, a KIND. Its NOUN, please.',
    'When people ask you for the NOUN of NAME, what do you answer?',
    'For the KIND NAME I need just the NOUN.',
  ],
  forum: [
    'I ask all of you. QUESTION',
    'Does anyone know the NOUN of NAME?',
    'My brother says he knows the NOUN of NAME. I do not believe him. What is it?',
    'I am stuck in a game: NOUN of the KIND NAME?',
    'Where can I look up the NOUN of NAME?',
    'The quiz last night asked for the NOUN of NAME and nobody knew.',
    'NOUN, NAME. Who can answer that?',
    'What would you say is the NOUN of NAME?',
    'Sorry for the simple question. What is the NOUN of the KIND NAME?',
    'Please settle this for us: the NOUN of NAME.',
    'I once knew the NOUN of NAME. Old age. Who helps?',
    'How do I find out the NOUN of NAME?',
  ],
  test: [
    'NAME and its NOUN: can you help me out?',
    'I am at work on a note. Which NOUN goes with NAME?',
    'There is a game of cards where you name the NOUN for the KIND NAME. What wins it?',
    'Of the KIND NAME I know a lot, only the NOUN I never heard. Do you know it?',
    'Which NOUN belongs to NAME? Two friends of mine still do not agree.',
    'On this page I must write a NOUN next to the word NAME. Which is right?',
  ],
};
