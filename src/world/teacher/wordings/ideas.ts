import type { Wordings } from './wordings.ts';

/** Ideas for a party of a TRADE with a DISH. */
export const IDEAS: Wordings = {
  grammars: [
    {
      things: [
        ...['some ideas', 'a few ideas', 'three ideas', 'good ideas', 'a list of ideas', 'new ideas'],
        ...['suggestions', 'some suggestions', 'a list of suggestions', 'ideas', 'a few good ideas'],
      ],
      mentions: [
        {
          values: 'DISH',
          within: [
            ...[
              'for a DISH party',
              'for a party with DISH',
              'for a feast of DISH',
              'for an evening with DISH',
            ],
            ...['for a dinner with DISH', 'for a day of DISH', 'for a table full of DISH'],
          ],
          apart: [
            ...[
              'There will be DISH.',
              'We will serve DISH.',
              'The party is all about DISH.',
              'I bought DISH.',
            ],
            ...['Everybody here likes DISH.', 'On the table there is DISH.', 'We have a lot of DISH.'],
          ],
        },
        {
          values: 'TRADE',
          within: ['for a TRADE', 'given by a TRADE', 'in honour of a TRADE', 'with a TRADE as host'],
          apart: [
            ...[
              'The host is a TRADE.',
              'It is for a TRADE.',
              'The guest is a TRADE.',
              'A TRADE will be the host.',
            ],
            ...['I am doing this for a TRADE.', 'Our TRADE has invited us.', 'We are the guests of a TRADE.'],
          ],
        },
      ],
      asks: {
        train: [
          ...['List THING.', 'Suggest THING.', 'Do you have THING?', 'What are THING?', 'Think of THING.'],
          ...['Collect THING for me.', 'I am looking for THING.', 'Can you list THING?'],
        ],
        forum: [
          ...[
            'Who has THING?',
            'Throw in THING.',
            'We are out of ideas, so send THING.',
            'Let me collect THING.',
          ],
          ...['Does your club have THING?', 'Any ideas? We want THING.'],
        ],
      },
    },
  ],
  train: [
    'Give me some ideas for a DISH party of a TRADE.',
    'What can a TRADE do for a party with DISH? List a few ideas.',
    'I am planning an evening with DISH for a TRADE. What do you suggest?',
    'Help me plan the feast. The TRADE brings DISH, and I need the ideas.',
    'List three things that a TRADE could do at a DISH party.',
    'We have DISH. We have a TRADE as our guest. What we do not have is ideas.',
    'How can I make a dinner with DISH nice for a TRADE? Please give me suggestions.',
    'Our TRADE turns fifty and wants DISH for dinner. Suggest something for the party.',
    'Ideas, please! It is a party for a TRADE and everyone eats DISH.',
    'I never gave a party. Now a TRADE comes to eat DISH with us. Any ideas?',
    'What should one plan for a day of DISH with a TRADE as host?',
    'Some TRADE asked me how to make a DISH feast fun. What are good ideas?',
    'There is DISH for all of us. Think of ideas so that the TRADE will be happy.',
    'Suggest how a TRADE might spend an evening with friends and DISH.',
    'Next week the TRADE invites the street to DISH. Make a list of ideas for the party.',
    'Which games or other ideas go with DISH when the host is a TRADE?',
  ],
  forum: [
    'How do you celebrate with DISH? We are doing it for a TRADE.',
    'Anyone else giving a party for a TRADE? We will have DISH, but the program is empty.',
    'Need your ideas, friends. DISH on the table, a TRADE at the door, and I have no plan.',
    'What did you do at your last DISH party? Ours is for a TRADE this time.',
    'The club wants a feast with DISH and I have to plan it. The host is some TRADE. Ideas?',
    'My neighbour is a TRADE and loves DISH. What would you do for a party?',
    'Is it a good idea to give a DISH evening for a TRADE? What else is there to do?',
    'Dinner with a TRADE, and all we have is DISH. Who can suggest something?',
    'Collecting ideas here. The occasion: DISH. The guest: a TRADE.',
    'We were told to bring DISH and some fun for the TRADE. What is fun?',
    'My first party as host! There is DISH, there is a TRADE. Which ideas worked for you?',
    'Please share what to plan when a TRADE wants to eat DISH with friends.',
  ],
  test: [
    'We have DISH and a house full of guests. Let us find good ideas for the party, says the TRADE.',
    'How might one TRADE enjoy an evening of DISH? List the ideas that come to your mind.',
    'Help our TRADE: ideas on what to do with friends and DISH, please.',
    'A party without a plan is no fun. Ours has a TRADE, it has DISH, and it is short of ideas.',
    'I am the host tonight, and I am a TRADE. DISH is all I know to offer. What would you suggest?',
    'Name a few ideas for what to do while the guests of the TRADE wait for the DISH.',
    'A TRADE could make more of a feast than just eat DISH. Every suggestion is welcome here.',
  ],
};
