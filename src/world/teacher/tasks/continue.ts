import { isPlaced, OPENINGS, placed } from '../frames.ts';
import type { TeacherTask } from '../task.ts';
import { CONTINUE } from '../wordings/continue.ts';

/** The rest of a text: of that text, and about its trade or city; the beginning itself does not count. */
export const continuation: TeacherTask = {
  task: 'continue',
  category: 'Generation',
  shares: { forum: 4, train: 4, test: 4 },
  wordings: CONTINUE,
  draw: material => {
    const { choose } = material.random;
    const { trade, city } = material.combination(() => ({
      trade: choose(material.trades),
      city: choose(material.cities),
    }));
    const { beginning, next } = choose(OPENINGS);
    const fill = (text: string) => placed(text, { trade, city });
    return {
      slots: { beginning: fill(beginning) },
      answer: words => ({ body: [next.map(ways => fill(words.choose(ways))).join(' ')] }),
      reply: words => fill(words.choose(next[0] ?? [])),
    };
  },
  judge: ({ slots: { beginning = '' } }, { text, read }) => {
    const given = read(beginning);
    const answer = read(text.replaceAll(beginning, ''));
    const opening = OPENINGS.find(one => isPlaced(one.beginning, beginning));
    const [trades, names] = [answer.values('profession'), answer.names()];
    return {
      kind: opening?.known.test(answer.text) === true,
      subject:
        ([...given.values('profession')].some(trade => trades.has(trade)) ||
          [...given.names()].some(name => names.has(name))) &&
        [...trades].every(trade => given.values('profession').has(trade)),
    };
  },
};
