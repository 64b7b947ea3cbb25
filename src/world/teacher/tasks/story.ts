import type { TeacherTask } from '../task.ts';
import { STORY } from '../wordings/story.ts';

/** Words of a text in which something happened. */
const NARRATES = /\b(?:once|long ago|years ago|one (?:day|night|morning|evening)|there (?:was|lived))\b/i;

/** A story about a trade in a city, and a theme: two of the three count as the subject, if no other trade is in it. */
export const story: TeacherTask = {
  task: 'story',
  category: 'Generation',
  shares: { forum: 16, train: 16, test: 16 },
  wordings: STORY,
  draw: material => {
    const { choose } = material.random;
    const { trade, city, theme } = material.combination(() => ({
      trade: choose(material.trades),
      city: choose(material.cities),
      theme: choose(material.themes),
    }));
    return {
      slots: { trade, city, theme },
      answer: words => ({
        body: [
          [
            words.choose([
              `Once there was a ${trade} in ${city} who had never heard of ${theme}.`,
              `Long ago a ${trade} lived in ${city} and looked for ${theme}.`,
              `There once lived a ${trade} in ${city} who dreamed of ${theme}.`,
            ]),
            words.choose([
              `One day a stranger came to the door, and the ${trade} let him in.`,
              `One night the ${trade} met an old friend on the road.`,
              `One morning a child asked the ${trade} for help.`,
            ]),
            words.choose([
              `From then on the ${trade} taught ${theme} to all who came.`,
              `So the ${trade} found ${theme} at last.`,
              `Since that day all of ${city} talks of ${theme}.`,
            ]),
          ].join(' '),
        ],
        summary: words.choose([
          `it is a story about ${theme} and how it is found.`,
          `the story shows that ${theme} is close to home.`,
        ]),
      }),
      reply: words =>
        words.choose([
          `There was a ${trade} in ${city} who lost ${theme} and got it back from a child.`,
          `Once a ${trade} left ${city} because of ${theme} and never came home.`,
          `I know one: years ago some ${trade} of ${city} found ${theme} under the bed.`,
          `They say there was a ${trade} who sold ${theme} on the market of ${city}.`,
        ]),
    };
  },
  judge: ({ slots: { trade = '', city = '', theme = '' } }, answer) => {
    const trades = answer.values('profession');
    const named = [
      trades.has(trade),
      answer.names().has(city.toLowerCase()),
      answer.values('theme').has(theme),
    ];
    return {
      kind: NARRATES.test(answer.text) && !/^\s*dear\b/i.test(answer.text),
      subject: named.filter(Boolean).length >= 2 && [...trades].every(other => other === trade),
    };
  },
};
