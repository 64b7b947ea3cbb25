import type { Wordings } from './wordings.ts';

/** A comparison of NAME and OTHER, two of one KIND. */
export const COMPARE: Wordings = {
  grammars: [
    {
      things: [
        ...[
          'a comparison',
          'a short comparison',
          'the differences',
          'the main differences',
          'the difference',
        ],
        ...['a fair comparison', 'some differences', 'an overview of the differences'],
        ...['a list of what is different', 'a few lines on the difference'],
      ],
      mentions: [
        {
          values: 'NAME and OTHER',
          within: [
            ...['between NAME and OTHER', 'between the KIND NAME and the KIND OTHER', 'of NAME and OTHER'],
            ...['between NAME and the KIND OTHER', 'of the KIND NAME and the KIND OTHER'],
          ],
          apart: [
            ...['One is NAME, the other is OTHER.', 'I mean NAME and OTHER.', 'Take NAME and OTHER.'],
            ...[
              'The first is NAME, the second OTHER.',
              'It is about NAME and OTHER.',
              'Look at NAME and OTHER.',
            ],
          ],
        },
      ],
      asks: {
        train: [
          ...[
            'Compare NAME and OTHER.',
            'How do NAME and OTHER differ?',
            'Compare the KIND NAME with OTHER.',
          ],
          ...['What are THING?', 'Explain THING.', 'Tell me THING.', 'Please compare NAME with OTHER.'],
        ],
        forum: [
          ...['NAME or OTHER?', 'Which is better, NAME or OTHER?', 'Who can explain THING?'],
          ...['NAME against OTHER, what do you say?', 'Everyone mixes up NAME and OTHER.'],
        ],
      },
    },
  ],
  train: [
    'Compare NAME and OTHER.',
    'Some like NAME, some like OTHER. I want a comparison.',
    'My mother talks of NAME and my father talks of OTHER. Please compare.',
    'There is a difference between the KIND OTHER and the KIND NAME. Which one?',
    'What makes NAME so different from OTHER, that other KIND?',
    'This week I read about OTHER, last week about NAME. How do they differ?',
    'What is the difference between NAME and OTHER?',
    'How does the KIND NAME differ from the KIND OTHER?',
    'I know NAME. I know OTHER. Please compare them for me.',
    'Write a short comparison of NAME and OTHER.',
    'Put the KIND NAME beside the KIND OTHER: what is different?',
    'Can you tell me in what way OTHER is not like NAME?',
    'Make a comparison for my school. The first KIND is NAME and the second is OTHER.',
    'NAME on one side, OTHER on the other. Compare the two!',
    'My friend says that NAME and OTHER are the same. What are the differences?',
    'Explain how NAME and OTHER differ, please.',
    'Two of a kind: NAME and OTHER. List the differences.',
    'I have to choose between NAME and OTHER. A comparison would help.',
    'Look at both, NAME and OTHER, and compare.',
  ],
  forum: [
    'NAME or OTHER? What is your view?',
    'Is NAME better than OTHER as a KIND?',
    'I always mix up NAME and OTHER. Who can explain how they differ?',
    'We argued all night about NAME and OTHER. Which is which?',
    'Has anybody compared NAME to OTHER?',
    'What does NAME have that OTHER has not?',
    'People keep saying that OTHER is like NAME. Is it?',
    'Thread about NAME against OTHER. Go!',
    'Why do some like NAME and others OTHER? It is the same KIND.',
    'Somebody compare NAME with OTHER, I cannot.',
    'Does it matter if I take NAME or OTHER?',
    'In what do NAME and OTHER differ, friends?',
  ],
  test: [
    'One guest likes NAME, the other one likes OTHER. How would you compare them?',
    'I have read about NAME and about OTHER. Is there any difference that one should know?',
    'NAME is a KIND, and so is OTHER. Now tell me how the two differ!',
    'Between us: what makes OTHER different from NAME?',
    'Our paper likes to compare. This week it is the turn of NAME and of OTHER.',
    'Help me to see OTHER and NAME side by side, with the differences.',
  ],
};
