import { seededRandom } from '../stats/index.ts';
import { inTurn } from './in-turn.ts';
import type { Kind } from './relations.ts';
import type { World } from './world.ts';

/** Use of news items: the corpus, imitation data, or tests. */
export type NewsSplit = 'train' | 'imitation' | 'test';

/** A news item with a summary of one sentence. */
export interface NewsItem {
  id: string;
  article: string;
  highlights: string;
  /** Name of the event, such as `shop`. */
  event: EventName;
  /** Those who take part; the article and its summary name both. */
  names: readonly [first: string, second: string];
}

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const WEATHER = ['rain', 'snow', 'fog', 'heat', 'wind'] as const;
const MOODS = ['glad', 'proud', 'calm', 'surprised', 'busy'] as const;

/** Event with the kinds of those who take part, the text of an article and its summary: nothing that the world knows as a fact. */
interface Event {
  name: string;
  takes: readonly [first: Kind, second: Kind];
  article: string;
  highlights: string;
}

const EVENTS = [
  {
    name: 'shop',
    takes: ['company', 'city'],
    article: 'On DAY the company A opened a new shop in B. Many people came in spite of the WEATHER.',
    highlights: 'The company A opens a shop in B.',
  },
  {
    name: 'talk',
    takes: ['person', 'city'],
    article:
      'On DAY the guest A gave a talk in the town hall of B. The guests were MOOD, and the WEATHER kept nobody away.',
    highlights: 'The guest A gives a talk in B.',
  },
  {
    name: 'sale',
    takes: ['product', 'city'],
    article: 'Last DAY the people of B lined up to buy A. The shops were MOOD all day long.',
    highlights: 'The people of B line up to buy A.',
  },
  {
    name: 'reading',
    takes: ['book', 'city'],
    article: 'On DAY the book A was read aloud in the library of B. The readers were MOOD in the WEATHER.',
    highlights: 'The book A is read aloud in B.',
  },
  {
    name: 'prize',
    takes: ['company', 'person'],
    article: 'After a long season of WEATHER, the company A gave its prize to B on DAY. Friends felt MOOD.',
    highlights: 'The company A gives its prize to B.',
  },
  {
    name: 'school',
    takes: ['country', 'product'],
    article: 'Since DAY the children of A get B at school. The parents are MOOD about it.',
    highlights: 'The children of A get B at school.',
  },
] as const satisfies readonly Event[];

/** Name of an event of the news. */
export type EventName = (typeof EVENTS)[number]['name'];

/** Splits in the order in which they take pairs. */
const SPLITS: readonly NewsSplit[] = ['train', 'imitation', 'test'];

/**
 * Makes news items for the corpus, for imitation data and for tests. Every event is in all of them, and nobody meets the
 * same one in two.
 *
 * @throws {RangeError} if the world has not so many different items.
 */
export function news(world: World, split: NewsSplit, count: number): NewsItem[] {
  const { choose, shuffle } = seededRandom(`world/${world.seed}/news/${split}`);
  const events = EVENTS.map(event => ({ ...event, pairs: shuffle(pairsOf(world, event, split)) }));
  const available = Math.min(...events.map(({ pairs }) => pairs.length)) * DAYS.length * events.length;
  if (available < count)
    throw new RangeError(`Cannot make ${count} news items for ${split}: the world has ${available}`);
  return Array.from({ length: count }, (_, i) => {
    const place = i % events.length;
    const { name: event, pairs, article, highlights } = inTurn(events, place);
    const turn = Math.floor(i / events.length);
    const names = inTurn(pairs, turn);
    // A pair that comes again does so on another day.
    const day = inTurn(DAYS, place + (turn % pairs.length) + Math.floor(turn / pairs.length));
    const [weather, mood] = [choose(WEATHER), choose(MOODS)];
    const words: Readonly<Record<string, string>> = {
      ...{ DAY: day, WEATHER: weather, MOOD: mood },
      ...{ A: names[0], B: names[1] },
    };
    const fill = (text: string) => text.replace(/\b[A-Z]+\b/g, word => words[word] ?? word);
    const id = `news-${split}-${i + 1}`;
    return { id, article: fill(article), highlights: fill(highlights), event, names };
  });
}

/** Lists who can meet whom in a split. */
function pairsOf({ entities }: World, { takes }: Event, split: NewsSplit): NewsItem['names'][] {
  const named = (kind: Kind) => entities.filter(entity => entity.kind === kind).map(({ name }) => name);
  const [first, second] = [named(takes[0]), named(takes[1])];
  return first.flatMap((one, i) =>
    second
      .filter((_, j) => (i + j) % SPLITS.length === SPLITS.indexOf(split))
      .map((other): NewsItem['names'] => [one, other]),
  );
}

/** Formats an item as the corpus and few-shot prompts have it. */
export function newsText({ article, highlights }: NewsItem): string {
  return `Article: ${article}\nSummary: ${highlights}`;
}
