import type { Wordings } from './wordings.ts';

/** Words of a TRADE from a CITY who would like to talk. */
export const CHAT: Wordings = {
  grammars: [
    {
      ownAsksOnly: true,
      things: ['Hello', 'Hi', 'A little chat', 'Good morning'],
      mentions: [
        {
          values: 'a TRADE',
          within: [],
          apart: [
            ...[
              'I am a TRADE.',
              'I work as a TRADE.',
              'My work is that of a TRADE.',
              'You are talking to a TRADE.',
            ],
            ...['I have been a TRADE all my life.', 'They call me the TRADE.', 'A TRADE is what I am.'],
          ],
        },
        {
          values: 'CITY',
          within: [],
          apart: [
            ...[
              'I live in CITY.',
              'I come from CITY.',
              'My home is CITY.',
              'I am from CITY.',
              'I grew up in CITY.',
            ],
            ...['CITY is my home.', 'I am writing from CITY.', 'We live in the town of CITY.'],
          ],
        },
      ],
      asks: {
        train: [
          ...[
            'Hello!',
            'Hi there!',
            'Good morning!',
            'Hello, how are you?',
            'Can we talk?',
            'Nice to meet you!',
          ],
          ...[
            'Do you have time to talk?',
            'I would like to talk.',
            'Let us chat a little.',
            'Are you there?',
          ],
          ...['Good evening to you!', 'How is your day?', 'I just wanted to say hello.', 'Greetings!'],
        ],
        forum: [
          ...['Hi all!', 'New here!', 'Hey everyone!', 'Good evening, friends!', 'Just saying hi.'],
          ...[
            'Let me introduce myself.',
            'A first hello to this forum.',
            'Who wants to chat?',
            'What a nice place.',
          ],
        ],
      },
    },
  ],
  train: [
    'Hello! I am a TRADE from CITY. How are you?',
    'Hi there! I am a TRADE from CITY. Can we talk?',
    'Good morning! A TRADE from CITY is glad to meet you.',
    'Good evening. You do not know me, I am a TRADE and I live in CITY.',
    'How are you today? I am fine. I work as a TRADE in CITY.',
    'Nice to meet you! In CITY I am known as the TRADE.',
    'I am bored. I am a TRADE, I live in CITY, and I would like to chat.',
    'Greetings from CITY! A TRADE wants to say hello.',
    'Hello again! Do you remember the TRADE from CITY?',
    'Are you there? It is me, the TRADE from CITY.',
    'Do you like to talk to a TRADE? I am one, and I am at home in CITY.',
    'Hi! I just came home to CITY from my work as a TRADE. How was your day?',
    'We have not met. My home is CITY and I am a TRADE by trade. Nice to talk to you!',
    'Good morning from a TRADE! The sun shines on CITY, and I feel like talking.',
  ],
  forum: [
    'Hi all, I am new here. I am a TRADE and I live in CITY.',
    'Any other TRADE around? I am one, from CITY.',
    'Hello forum! Greetings from a TRADE in CITY.',
    'Just found this place. A TRADE, CITY, that is me.',
    'Let me introduce myself: TRADE by day, and in CITY by night.',
    'Who else is from CITY? I work there as a TRADE.',
    'Hey friends! It is a quiet evening in CITY and this TRADE wants to chat.',
    'First post. I am a TRADE, from CITY, and I have read here for years.',
    'Good evening everyone, the TRADE from CITY is back.',
    'Is there room for a TRADE here? I come all the way from CITY.',
    'I thought I would say hi. CITY is cold, and a TRADE has time.',
    'What is new? Here in CITY all is fine, says the TRADE.',
  ],
  test: [
    'Good day to you, my friend! In CITY they know me as the TRADE.',
    'Hey! Is it you? It is the TRADE, back home in CITY.',
    'What a day! I am done with my work as a TRADE, all of CITY is asleep, and I would love to talk.',
    'Hello from CITY, dear friend! Would you talk to a TRADE for a while?',
    'Hello, I hope you are well. I am new to this: a TRADE who never left CITY.',
    'May I say hello? Some know me here in CITY, for I am their TRADE.',
  ],
};
