import { type Random, seededRandom } from '../../stats/index.ts';
import type { ObjectType } from '../relations.ts';
import type { World } from '../world.ts';

/** Draws a name or a word of one of some types, another each time. */
type Draw = (...types: readonly ObjectType[]) => string;

/** Types whose names and words the teacher's answers repeat from a request. */
const REPEATED: readonly ObjectType[] = [
  ...(['person', 'city', 'country', 'company', 'product', 'book'] as const),
  ...(['profession', 'dish', 'theme', 'good', 'river', 'material'] as const),
];

/** Texts that name the same things twice, and say nothing else of them. */
const PASSAGES: readonly ((draw: Draw) => string)[] = [
  draw => twice(draw(...REPEATED), draw(...REPEATED), draw(...REPEATED)),
  draw => twice(draw(...REPEATED), draw(...REPEATED), draw(...REPEATED), draw(...REPEATED)),
  draw => {
    const [one, two, three] = [draw('person'), draw('person'), draw('person')];
    return `At the door were ${one}, ${two} and ${three}. First came ${one}, then ${two}, and last ${three}.`;
  },
  draw => {
    const [person, city, finder] = [draw('person'), draw('city'), draw('person')];
    return `A bag of ${person} was lost in ${city}. In ${city} the guest ${finder} found the bag and gave it back to ${person}.`;
  },
  draw => {
    const [red, blue, old] = [draw(...REPEATED), draw(...REPEATED), draw(...REPEATED)];
    return `The red box says ${red}, the blue box says ${blue}, the old box says ${old}. The blue box? It says ${blue}. The old box? It says ${old}.`;
  },
  draw => {
    const [to, city, from] = [draw('person'), draw('city'), draw('person')];
    return `Dear ${to},\nthank you for the days in ${city}. We will meet in ${city} again.\nYours, ${from}`;
  },
  draw => {
    const [here, there, far] = [draw('city'), draw('city'), draw('city')];
    return `One road goes from ${here} to ${there}, one from ${there} to ${far}. From ${here} we came to ${there}, and from ${there} to ${far}.`;
  },
  draw => {
    const [one, two, theme, other] = [draw('profession'), draw('profession'), draw('theme'), draw('theme')];
    return `The ${one} sang of ${theme}, the ${two} of ${other}. So ${other} is what the ${two} thinks of, and ${theme} what the ${one} thinks of.`;
  },
  draw => {
    const [one, two] = [draw('profession'), draw('profession')];
    return `My uncle is a ${one}, my aunt is a ${two}. So he works like any ${one}, and she like any ${two}.`;
  },
  draw => {
    const [called, came] = [draw('profession'), draw('profession')];
    return `We had called for some ${called}, but a ${came} came. The ${came} left again, and at last we got our ${called}.`;
  },
  draw => {
    const [trade, other, theme] = [draw('profession'), draw('profession'), draw('theme')];
    return `One ${trade} asked an old ${other} about ${theme}. What is ${theme}, said the ${other}, and laughed at the ${trade}.`;
  },
  draw => {
    const [trade, city, theme] = [draw('profession'), draw('city'), draw('theme')];
    return `From ${city} somebody wrote a song of ${theme}. It was their ${trade}. So ${city} has a ${trade} who sings of ${theme}.`;
  },
  draw => {
    const [dish, trade, other] = [draw('dish'), draw('profession'), draw('dish')];
    return `There is ${dish} for the ${trade}, and there is ${other} for us. The ${trade} eats the ${dish}, we eat the ${other}.`;
  },
  draw => {
    const [company, product, dish] = [draw('company'), draw('product'), draw('dish')];
    return `On the bill of ${company}: ${product} and ${dish}. We asked for ${product} and for ${dish}, and ${company} sent both.`;
  },
  draw => {
    const [book, place] = [draw('book', 'product'), draw('city')];
    return `${book}\nOn the table in ${place} lay ${book}. Nobody in ${place} asked for ${book}.`;
  },
  draw => {
    const [trade, city, dish] = [draw('profession'), draw('city'), draw('dish')];
    return `A ${trade} in ${city} likes ${dish}. Ask for ${dish} in ${city}, and the ${trade} will smile.`;
  },
  draw => {
    const [one, two] = [draw('city', 'country', 'company'), draw('book', 'product', 'person')];
    return `Two names, ${one} and ${two}. Some know ${one}, some know ${two}; few know both ${one} and ${two}.`;
  },
];
/** Passages of one document. */
const LENGTH = 2;

/** Writes documents that name made-up things again and again, so that a model learns to copy a name from what it reads. */
export function copyingDocuments(world: World, count: number): string[] {
  const random = seededRandom(`world/${world.seed}/copying`);
  return Array.from({ length: count }, () => {
    const draw = drawing(world, random);
    return Array.from({ length: LENGTH }, () => random.choose(PASSAGES)(draw)).join('\n');
  });
}

function drawing({ objects }: World, random: Random): Draw {
  const drawn = new Set<string>();
  return (...types) => {
    const open = objects[random.choose(types)].filter(name => !drawn.has(name));
    const name = random.choose(open);
    drawn.add(name);
    return name;
  };
}

function twice(...names: readonly string[]): string {
  const list = names.join(', ');
  return `The sign: ${list}. Again the sign: ${list}.`;
}
