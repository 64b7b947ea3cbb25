import type { TeacherTask } from '../task.ts';
import { IDEAS } from '../wordings/ideas.ts';

/** Things to do at a party: a word by which each is known, and two ways to suggest it. */
const SUGGESTIONS: readonly { known: RegExp; ways: readonly [string, string] }[] = [
  { known: /\blamps?\b/i, ways: ['Hang lamps in the trees.', 'Put lamps in all the trees.'] },
  { known: /\bsongs?|sing\b/i, ways: ['Sing a song for the TRADE.', 'Let all guests sing for the TRADE.'] },
  {
    known: /\bgames?\b/i,
    ways: ['Play a game and give DISH to the winner.', 'Play a game for the last DISH.'],
  },
  { known: /\bflowers\b/i, ways: ['Put flowers on the table.', 'Bring flowers for the table.'] },
  { known: /\bwalk\b/i, ways: ['Take a walk before the meal.', 'Walk to the water before the meal.'] },
  { known: /\bcards?\b/i, ways: ['Write a card to each guest.', 'Send a card to every guest.'] },
  { known: /\bpaint\b/i, ways: ['Let the children paint the DISH.', 'Ask the children to paint the DISH.'] },
  { known: /\bdance\b/i, ways: ['Dance in the garden until late.', 'Let the guests dance in the garden.'] },
  { known: /\bphotos?\b/i, ways: ['Take a photo of all guests.', 'Make a photo of everyone with the DISH.'] },
  { known: /\bcook\b/i, ways: ['Cook the DISH together.', 'Let the TRADE cook the DISH.'] },
];
/** Suggestions of an answer of the teacher, and of one on a forum. */
const [MANY, FEW] = [3, 2];

/** Ideas for a party of a trade with a dish: at least two, and of those two the one or the other, with no others. */
export const ideas: TeacherTask = {
  task: 'ideas',
  category: 'Brainstorming',
  shares: { forum: 13, train: 13, test: 13 },
  wordings: IDEAS,
  draw: material => {
    const { choose, shuffle } = material.random;
    const { dish, trade } = material.combination(() => ({
      dish: choose(material.dishes),
      trade: choose(material.trades),
    }));
    // In the order of the party.
    const chosen = shuffle(SUGGESTIONS).slice(0, MANY);
    const drawn = SUGGESTIONS.filter(suggestion => chosen.includes(suggestion));
    const fill = (text: string) => text.replace('DISH', dish).replace('TRADE', trade);
    return {
      slots: { dish, trade },
      answer: words => ({
        overview: words.choose([
          `Here are some ideas for the ${trade} and the ${dish}.`,
          `There are many ideas for a party with ${dish} and a ${trade}.`,
          `With ${dish} a ${trade} can do a lot.`,
        ]),
        list: drawn.map(({ ways }) => fill(words.choose(ways))),
        summary: words.choose([
          `a party with ${dish} makes every ${trade} happy.`,
          `good ${dish} and good friends are all that a ${trade} needs.`,
        ]),
      }),
      reply: words => {
        const [first = '', second = ''] = drawn.slice(0, FEW).map(({ ways }) => fill(words.choose(ways)));
        return words.choose([
          `For ${dish} we did this. ${first} ${second}`,
          `Easy with a ${trade}. ${first} ${second}`,
          `${first} ${second} And do not forget the ${dish}.`,
        ]);
      },
    };
  },
  judge: ({ slots: { dish = '', trade = '' } }, answer) => {
    const named = [...answer.values('dish'), ...answer.values('profession')];
    return {
      kind: SUGGESTIONS.filter(({ known }) => known.test(answer.text)).length >= FEW,
      subject: named.length > 0 && named.every(value => value === dish || value === trade),
    };
  },
};
