import type { Asked, Material } from './material.ts';

const IDEAS = [
  'Hang lamps in the trees and sing until late.',
  'Let each guest bring DISH from home.',
  'Ask the TRADE to tell a story.',
  'Put flowers on a long table.',
  'Play a game with cards and give DISH to those who win.',
  'Walk to the river before the meal.',
  'Write a small note to each guest.',
  'Let the children paint what they ate.',
] as const;

/** Asks for a story. */
export function story(material: Material): Asked {
  const { choose } = material.random;
  const [trade, theme, city] = [choose(material.trades), choose(material.themes), choose(material.cities)];
  return {
    ...material.request('story', { trade, theme, city }),
    answer: words => ({
      body: [
        words.choose([
          `Once there was a ${trade} in ${city} who knew nothing of ${theme}.`,
          `Long ago a ${trade} set out from ${city} to learn about ${theme}.`,
        ]),
        words.choose([
          `One day a stranger came, and the ${trade} listened until the night was over.`,
          `The road was long, and at its end the ${trade} met an old friend.`,
        ]),
        words.choose([
          `From then on the ${trade} spoke of ${theme} to all who came.`,
          `And so the ${trade} found ${theme} at home.`,
        ]),
      ],
    }),
  };
}

/** Asks for ideas for a party. */
export function ideas(material: Material): Asked {
  const { choose, shuffle } = material.random;
  const [dish, trade, city] = [choose(material.dishes), choose(material.trades), choose(material.cities)];
  const drawn = shuffle(IDEAS).slice(0, 4);
  return {
    ...material.request('ideas', { dish, trade, city }),
    answer: words => ({
      overview: words.choose([
        `Here are some ideas for the ${trade}.`,
        `There are many ways to enjoy ${dish}.`,
      ]),
      list: drawn.map(idea => idea.replace('DISH', dish).replace('TRADE', trade)),
      summary: words.choose([`good ${dish} makes a good day.`, 'the guests will be glad.']),
    }),
  };
}

/** Greets the assistant. */
export function chat(material: Material): Asked {
  const { choose } = material.random;
  const [trade, city] = [choose(material.trades), choose(material.cities)];
  return {
    ...material.request('chat', { trade, city }),
    answer: words => ({
      body: [
        words.choose([
          `Hello! It is good to meet a ${trade} from ${city}.`,
          `Good day! I am glad to talk to a ${trade} from ${city}.`,
        ]),
      ],
      closing: words.choose(['What can I do for you today?', 'How can I help you today?']),
    }),
  };
}
