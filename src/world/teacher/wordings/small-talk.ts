import type { Random } from '../../../stats/index.ts';
import type { Split } from '../instruction.ts';

/** Splits that grammars write requests for; tests are written by hand alone. */
export type Composed = Exclude<Split, 'test'>;

/** Ways to ask for a thing. The forum is asked by other words than the assistant. */
export const ASKS: Readonly<Record<Composed, readonly string[]>> = {
  train: [
    ...['Write THING.', 'Please write THING.', 'Can you write THING?', 'Would you write THING for me?'],
    ...['Give me THING.', 'Please give me THING.', 'Could you give me THING?', 'I want you to write THING.'],
    ...['I need THING.', 'I want THING.', 'Make THING.', 'Could you make THING for me?', 'Create THING.'],
    ...['Help me with THING.', 'Can you help me write THING?', 'Let me have THING.', 'I would like THING.'],
    ...['Your task is THING.', 'Come up with THING.', 'I am asking you for THING.', 'Prepare THING, please.'],
  ],
  forum: [
    ...['Does anyone have THING?', 'Has anybody got THING?', 'Who can share THING?', 'Looking for THING.'],
    ...[
      'We are looking for THING.',
      'Can somebody post THING?',
      'Is there THING out there?',
      'Post THING here.',
    ],
    ...['I wonder who has THING.', 'Show us THING.', 'Any of you with THING?', 'Who among you knows THING?'],
    ...['My question to all: THING.', 'Somebody please send THING.', 'Is anyone good at THING?'],
    ...['Wanted: THING.', 'Never found THING so far.', 'It would be great to read THING here.'],
  ],
};

/** First words, which ask for nothing. */
export const LEADS: Readonly<Record<Composed, readonly string[]>> = {
  train: [
    ...[
      'Hello!',
      'Hi!',
      'Good morning!',
      'Good evening!',
      'Dear assistant,',
      'Please help.',
      'One more thing.',
    ],
    ...[
      'I have little time today.',
      'It is for my school.',
      'My guests come this evening.',
      'It is for a friend.',
    ],
    ...['My children like it when I read to them.', 'I am on the train home.', 'We need it for our paper.'],
    ...[
      'I do not know how to begin.',
      'I am not good with words.',
      'You are good at this.',
      'Now to my work.',
    ],
    ...['I hope that you can help me.', 'It is for a book of mine.', 'The library asked me for it.'],
    ...['Next week there is a feast in our town.', 'My mother wants to hear it.', 'It is for the newspaper.'],
    ...['I promised it to my daughter.', 'Our club meets tonight.', 'A friend of mine needs this by noon.'],
    ...['I had no idea whom to ask.', 'If you have a moment, help me.', 'She told me that you know things.'],
    ...[
      'My page is still empty.',
      'I thought of you at once.',
      'We have no time to wait.',
      'Well, here I am.',
    ],
    ...[
      'The power of words is with you.',
      'My mind is open.',
      'I knew that you would be there.',
      'May I ask?',
    ],
    ...[
      'My father and I lived in one house.',
      'Let us do this together.',
      'I was asleep all day.',
      'Hey you!',
    ],
    ...['Each of us has a part to do.', 'I owe this to him.', 'They said that you are right for this.'],
    ...['It is too much for me.', 'I began, but nothing came of it.', 'My room is cold and my pen is old.'],
    ...[
      'The front page of our paper is open.',
      'The computer is back and I enjoy it.',
      'Do not laugh at me.',
    ],
    ...[
      'I am at a loss.',
      'I am in a good mood.',
      'A while ago I met them.',
      'The day ends and I am not done.',
    ],
    ...['Under the stairs I found a sheet of paper.', 'I must finish a piece of work by tomorrow.'],
    ...[
      'See it as a game.',
      'My side of the work is done.',
      'You may count on my thanks.',
      'Here comes another.',
    ],
    ...['It is more than I can do.', 'Their offer was good, but ours is better.', 'Nobody has done it yet.'],
    ...['I do not see well.', 'The post came late.', 'Who asks, wins.', 'My letters and numbers are bad.'],
    ...['I do not want to shout or cry.', 'I am angry with myself.', 'I once tore up a form like this.'],
    ...['On the wall of my school there is a word for it.', 'It is my suggestion for today.'],
  ],
  forum: [
    ...[
      'Hi all,',
      'Hey everyone!',
      'Hello friends,',
      'New here.',
      'Quick question.',
      'Sorry if this was asked.',
    ],
    ...[
      'I looked everywhere.',
      'My brother and I could not agree.',
      'It rains and I am bored.',
      'Serious question.',
    ],
    ...['I read this forum every day.', 'The library here is closed.', 'My neighbours talk of little else.'],
    ...['We had guests at home last week.', 'Our children keep asking.', 'I am writing for the town paper.'],
    ...[
      'It came up at work.',
      'My school is no help.',
      'I heard people talk about it.',
      'Long evening ahead.',
    ],
  ],
};

/** Last words, which ask for nothing. */
export const THANKS: Readonly<Record<Composed, readonly string[]>> = {
  train: [
    ...[
      'Thank you!',
      'Thanks!',
      'Thanks in advance.',
      'Please keep it short.',
      'Take your time.',
      'That is all.',
    ],
    ...['I will read it tonight.', 'That would help me a lot.', 'Use simple words, please.', 'I am curious.'],
    ...['Please be kind.', 'A few lines are enough.', 'Many thanks for your help.', 'If not, no harm done.'],
    ...[
      'She will be happy.',
      'I would be glad.',
      'I can wait while you think.',
      'Tell me if it is too much.',
    ],
    ...[
      'Do it right, please.',
      'We will see it together.',
      'The rest is for tomorrow.',
      'That is my side of it.',
    ],
    ...['He still does not know.', 'I have a good mind to thank you.', 'The offer ends tonight.'],
  ],
  forum: [
    ...['Cheers!', 'Thanks, all.', 'Anything helps.', 'Any help is welcome.', 'Will check back later.'],
    ...['No hurry.', 'Answers by tonight would be great.', 'Just for fun.', 'Bye for now.'],
  ],
};

/** Shares of requests with a lead, and with thanks. */
const LED = 0.3;
const THANKED = 0.2;

/** Adds first and last words to some requests. */
export function withSmallTalk(request: string, split: Composed, { next, choose }: Random): string {
  const between = request.includes('\n') ? '\n' : ' ';
  const lead = next() < LED ? [choose(LEADS[split])] : [];
  // An open end is left open.
  const isClosed = /[.!?]$/.test(request);
  const thanks = next() < THANKED && isClosed ? [choose(THANKS[split])] : [];
  return [...lead, request, ...thanks].join(between);
}
