import type { Wordings } from './wordings.ts';

/** A summary of an ARTICLE. */
export const SUMMARY: Wordings = {
  grammars: [
    {
      things: [
        ...[
          'a summary of this news',
          'a short summary',
          'a summary',
          'one line on this news',
          'the main point',
        ],
        ...[
          'a summary of the news',
          'a headline for this news',
          'the news in one line',
          'a very short summary',
        ],
      ],
      mentions: [
        {
          values: 'ARTICLE',
          within: [],
          apart: [
            'ARTICLE',
            'ARTICLE',
            'The news: ARTICLE',
            'Here it is: ARTICLE',
            'The text: ARTICLE',
            '"ARTICLE"',
          ],
        },
      ],
      asks: {
        train: [
          ...['Sum up this news.', 'Please sum this up.', 'What is this news about?', 'Summarize the news.'],
          ...['Sum up the text.', 'Give me the short version.', 'Tell me in one line what happened.'],
          ...['Say in one sentence what the news is.', 'Summarize this in a few words.'],
        ],
        forum: [
          ...[
            'What happened there?',
            'Too long, who can shorten it?',
            'Saw this in the paper. What is it about?',
          ],
          ...['Did anyone read this?', 'Short version, please.', 'Who sums it up for us?'],
        ],
      },
    },
  ],
  train: [
    'Please sum up this news. ARTICLE',
    'What is this news about? ARTICLE',
    'ARTICLE Write a summary of this in one sentence.',
    'Read the news and summarize it: ARTICLE',
    'I have no time to read it all. ARTICLE What is the main point?',
    'Summarize this for my father. ARTICLE',
    'ARTICLE How would you sum it up?',
    'This was in the newspaper. ARTICLE Give me a short summary.',
    'ARTICLE Make it shorter, please.',
    'Here is some news. ARTICLE Tell me in one line what happened.',
    'A short version of the following news, please. ARTICLE',
    'Our paper needs a headline for this. ARTICLE',
    'Sum up what you read here in a few words. ARTICLE',
    'ARTICLE Too long for me! What does the news say?',
  ],
  forum: [
    'ARTICLE What happened there?',
    'Did you read this? ARTICLE',
    'Saw this in the paper: ARTICLE Who can say it shorter?',
    'ARTICLE So what is the news?',
    'Can somebody tell me what this is about? ARTICLE',
    'My mother sent me this. ARTICLE I only want the main thing.',
    'For those who know more: ARTICLE What is it all about?',
    'ARTICLE And in one sentence?',
    'It says here: ARTICLE Do I get it right?',
    'Shorten this for me, friends. ARTICLE',
    'I read it two times. ARTICLE What is the point?',
    'News of the day! ARTICLE Who sums it up?',
  ],
  test: [
    'ARTICLE That was long. One line is enough for me, so what is the news?',
    'Here is what I read. ARTICLE Now the short version of it?',
    'My guests have heard nothing of this news. ARTICLE Tell them, in one sentence.',
    'ARTICLE Just the main thing, so that I have a note of it: what is it?',
    'On the front page there is room for a few words, no more. Summarize, please: ARTICLE',
    'In short form I could read this to my friend. ARTICLE A summary is all we need.',
  ],
};
