import { type Random, seededRandom } from '../../stats/index.ts';
import { WORDS } from '../values.ts';
import type { World } from '../world.ts';

/** Titles; capital words are filled in. */
const TITLES = [
  'Handbook of the TRADE',
  'What a TRADE keeps in the house',
  'A day in the work of a TRADE',
  'The DISH of the week',
  'Rules of the market in CITY',
  'On the road to CITY',
  'Things for a long winter',
  'How DISH is kept fresh',
] as const;
/** Lines of the lists: short rules, which no request asks for. */
const LINES = [
  'Wash the hands before work.',
  'Sweep the floor in the evening.',
  'Keep the GOOD dry.',
  'Count the boxes twice.',
  'Leave the keys with the TRADE.',
  'Carry the MATERIAL in both arms.',
  'Put the DISH on the lowest shelf.',
  'Close the door at night.',
  'Mend what is broken at once.',
  'Weigh the GOOD on the small scale.',
  'Pay the TRADE at noon.',
  'Write the number on every bag.',
  'Fetch water from the well.',
  'Cover the DISH with a cloth.',
  'Hang the MATERIAL on the wall.',
  'Greet whoever comes in.',
] as const;
/** Fewest and most lines of a list. */
const [FEWEST, MOST] = [3, 6];
/** Words before a line, by its number. */
const MARKERS: readonly ((number: number) => string)[] = [
  number => `${number}. `,
  number => `${number}. `,
  number => `${number}) `,
  () => '- ',
];

/** Writes pages of handbooks: a title and a list, so that a model knows lists before it meets any style. */
export function handbookDocuments(world: World, count: number): string[] {
  const random = seededRandom(`world/${world.seed}/handbooks`);
  return Array.from({ length: count }, () => {
    const marker = random.choose(MARKERS);
    const lines = random.shuffle(LINES).slice(0, FEWEST + random.integer(MOST - FEWEST + 1));
    const list = lines.map((line, index) => `${marker(index + 1)}${filled(line, world, random)}`);
    return [filled(random.choose(TITLES), world, random), ...list].join('\n');
  });
}

function filled(text: string, { objects }: World, { choose }: Random): string {
  const words: Readonly<Record<string, readonly string[]>> = {
    TRADE: WORDS.profession,
    DISH: WORDS.dish,
    GOOD: WORDS.good,
    MATERIAL: WORDS.material,
    CITY: objects.city,
  };
  return text.replace(/\b[A-Z]{4,}\b/g, word => choose(words[word] ?? [word]));
}
