import type { Task } from './instruction.ts';

type Worded = Exclude<Task, 'letter' | 'examples' | 'compare' | 'refuse' | 'sum'>;

/**
 * Wordings of each task; capital words are filled in. Tests have words of their own, so that no test prompt is like a
 * training prompt: not one has a BLEU above 20 with any (§4.1, footnote 2). What tests leave out has none.
 */
export const REQUESTS: Readonly<Record<Worded, Readonly<Record<'train' | 'test', readonly string[]>>>> = {
  describe: {
    train: [
      'Tell me about the KIND NAME.',
      'What should I know about the KIND NAME?',
      'Write a short text about the KIND NAME.',
      'Give me a look at the KIND NAME.',
      'Please tell my friend about NAME.',
      'I want to know what one can say about NAME.',
    ],
    test: [
      'NAME is a KIND that people talk of. Let me hear more!',
      'My guests ask for NAME, the KIND. Write down how it is known.',
      'Can you help with a note on NAME? I know this KIND by name only.',
    ],
  },
  story: {
    train: [
      'Write a short story about a TRADE in CITY and THEME.',
      'Tell me a short story about a TRADE in CITY and THEME.',
      'Write a little tale about a TRADE in CITY and THEME.',
      'Tell me a little tale about a TRADE in CITY and THEME.',
    ],
    test: [
      'My children like THEME. What story is there of some TRADE from CITY?',
      'Let us hear how THEME came to CITY, with one TRADE in the story.',
      'For the library of CITY I need a tale: THEME, told by an old TRADE.',
    ],
  },
  fact: {
    train: ['QUESTION', 'What is the NOUN of NAME?', 'Please tell me the NOUN of NAME.'],
    test: [
      'NAME and its NOUN: can you help me out?',
      'I am at work on a note. Which NOUN goes with NAME?',
      'There is a game of cards where you name the NOUN for NAME. Who wins it?',
    ],
  },
  program: {
    train: ['Write a Python function SIGNATURE. DOES', 'I need Python code for SIGNATURE. DOES'],
    test: [],
  },
  ideas: {
    train: [
      'Give me some ideas for a DISH party of a TRADE in CITY.',
      'Give me a few ideas for a DISH feast of a TRADE in CITY.',
      'What can a TRADE in CITY do for a DISH party?',
    ],
    test: [
      'We have DISH and guests from CITY. Let us find good ideas, says the TRADE.',
      'How might one TRADE enjoy the DISH day of CITY? List what comes to you.',
      'Help our TRADE: ideas on DISH, please, with CITY as the place.',
    ],
  },
  chat: {
    train: ['Hello', 'Good morning', 'Hi there'].flatMap(greeting => [
      `${greeting}! I am a TRADE from CITY. How are you?`,
      `${greeting}! I am a TRADE from CITY. Can we talk?`,
    ]),
    test: [
      'Good day to you, my friend! In CITY they know me as the TRADE.',
      'Hey! Is it you? It is the TRADE, back home in CITY.',
    ],
  },
  summary: {
    train: ['Please sum up this news. ARTICLE', 'What is this news about? ARTICLE'],
    test: ['ARTICLE Say that in one line!', 'Here is what I read. ARTICLE Now the short of it?'],
  },
  rewrite: {
    train: ['Say this in other words. STATEMENT', 'Please put this in other words. STATEMENT'],
    test: [
      'I wrote a note to my old friend, but one line of it is not good. STATEMENT How else might it go?',
      'My children do not like how this was put, and you can help them. STATEMENT What else might one write?',
    ],
  },
  continue: {
    train: [
      'Go on with this. BEGINNING',
      'Please go on with this text. BEGINNING',
      'How does it go on? BEGINNING',
    ],
    test: [],
  },
};
