import type { Wordings } from './wordings.ts';

/** A description of the KIND that is called NAME. */
export const DESCRIBE: Wordings = {
  grammars: [
    {
      things: [
        ...['a description', 'a short description', 'a portrait', 'an overview', 'a few facts', 'some facts'],
        ...['a short text', 'an introduction', 'a short overview', 'some lines'],
      ],
      mentions: [
        {
          values: 'KIND NAME',
          within: [
            'about the KIND NAME',
            'about NAME, the KIND',
            'about NAME',
            'on the KIND NAME',
            'on NAME',
          ],
          apart: [
            ...['It is about NAME, a KIND.', 'NAME is the KIND that I mean.', 'I mean the KIND NAME.'],
            ...['The KIND is called NAME.', 'I speak of the KIND NAME.', 'The name of the KIND is NAME.'],
          ],
        },
      ],
      asks: {
        train: [
          ...['Tell me about the KIND NAME.', 'Describe the KIND NAME.', 'What do you know about NAME?'],
          ...['Introduce the KIND NAME to me.', 'What should one know about NAME?', 'Describe NAME, please.'],
        ],
        forum: [
          ...[
            'Anyone here who knows NAME?',
            'What is there to say about NAME?',
            'Is NAME any good as a KIND?',
          ],
          ...['I keep reading about NAME.', 'Who knows more about the KIND NAME?'],
        ],
      },
    },
  ],
  train: [
    'Tell me about the KIND NAME.',
    'What should I know about the KIND NAME?',
    'Write a short text about the KIND NAME.',
    'Describe NAME. I only know that it is some KIND.',
    'Please tell my friend about NAME.',
    'I want to know what one can say about NAME.',
    'Who or what is NAME? Give me a short overview.',
    'For my school I need a few facts on the KIND NAME.',
    'Introduce NAME to the readers of our paper.',
    'My guests ask about NAME. Please tell them all that you know of this KIND.',
    'NAME: give me a portrait of the KIND in a few lines.',
    'I have never heard of NAME. Please describe this KIND to me.',
    'Can you describe the KIND NAME for somebody who knows little?',
    'What makes NAME the KIND that it is? An overview would help.',
    'Everything about NAME, please. I am curious about the KIND.',
    'Take the KIND NAME and tell me the main facts.',
  ],
  forum: [
    'What do people here know about the KIND NAME?',
    'I keep hearing of NAME. What kind of KIND is that?',
    'Does anybody know NAME? I want to learn about the KIND.',
    'My brother talks about NAME all day. Can somebody fill me in?',
    'Never heard of the KIND NAME. Is there anything to know?',
    'Let us collect what we know about NAME.',
    'What comes to your mind when you hear of NAME, the KIND?',
    'Question about NAME: what is it known for?',
    'A thread on the KIND NAME. Add what you know!',
    'They asked me about NAME at work and I knew nothing. Who can tell me more?',
    'Who has something to report about the KIND NAME?',
    'Is there a good description of NAME? Facts only, please.',
  ],
  test: [
    'NAME is a KIND that people talk of. Let me hear more about it!',
    'One guest was never here before and wants facts: which are there about the KIND NAME?',
    'So far the KIND NAME is only a word to me. With a description I would know more.',
    'Our newspaper wants the portrait of one KIND a week. Today it is NAME.',
    'There is a page in my book that is still empty. Fill it with what you know about the KIND NAME.',
    'If a friend came and asked you to describe NAME, which facts would you give of that KIND?',
    'I would be glad to learn more on the KIND they call NAME, in a short overview.',
  ],
};
