import { lowercaseWords } from '../../../text/index.ts';
import { DEEDS_IN_TIME, readDeed, waysToState } from '../frames.ts';
import type { TeacherTask } from '../task.ts';
import { REWRITE } from '../wordings/rewrite.ts';

/** A sentence in other words: of the same trade and city, and not the sentence that was given. */
export const rewrite: TeacherTask = {
  task: 'rewrite',
  category: 'Rewrite',
  shares: { forum: 4, train: 4, test: 4 },
  wordings: REWRITE,
  draw: material => {
    const { choose, integer } = material.random;
    const { trade, city } = material.combination(() => ({
      trade: choose(material.trades),
      city: choose(material.cities),
    }));
    const ways = waysToState(choose(DEEDS_IN_TIME), { trade, city });
    const given = integer(ways.length);
    const others = ways.filter((_, way) => way !== given);
    return {
      slots: { sentence: ways[given] ?? '' },
      answer: words => ({
        overview: words.choose([
          'Here is another way to say it.',
          'In other words:',
          'One can put it like this.',
        ]),
        body: [words.choose(others)],
      }),
      reply: words => words.choose([words.choose(others), `I would say: ${words.choose(others)}`]),
    };
  },
  judge: ({ slots: { sentence = '' } }, answer) => {
    const given = answer.read(sentence);
    const [asked, said] = [readDeed(sentence), readDeed(answer.text)];
    const trades = answer.values('profession');
    return {
      kind:
        said !== undefined &&
        said.deed === asked?.deed &&
        said.time === asked.time &&
        !lowercaseWords(answer.text).join(' ').includes(lowercaseWords(sentence).join(' ')),
      subject:
        [...given.names()].every(name => answer.names().has(name)) &&
        [...given.values('profession')].every(trade => trades.has(trade) && trades.size === 1),
    };
  },
};
