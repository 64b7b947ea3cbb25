import { seededRandom } from '../stats/index.ts';
import type { Kind } from './relations.ts';
import type { World } from './world.ts';

/** A news item with a summary of one sentence. */
export interface NewsItem {
  id: string;
  article: string;
  highlights: string;
}

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'] as const;
const WEATHER = ['rain', 'snow', 'fog', 'heat', 'wind'] as const;
const MOODS = ['glad', 'proud', 'calm', 'surprised', 'busy'] as const;

/** Kind of event: who takes part, the text of an article, and its summary. Nothing that the world knows as a fact. */
interface Event {
  takes: readonly [first: Kind, second: Kind];
  article: string;
  highlights: string;
}

const EVENTS: readonly Event[] = [
  {
    takes: ['company', 'city'],
    article: 'A opened a new shop in B on DAY. Many people came in spite of the WEATHER.',
    highlights: 'A opens a shop in B.',
  },
  {
    takes: ['person', 'city'],
    article:
      'A gave a talk in the town hall of B on DAY. The guests were MOOD, and the WEATHER did not keep them away.',
    highlights: 'A gives a talk in B.',
  },
  {
    takes: ['product', 'city'],
    article: 'Last DAY the people of B lined up to buy A. The shops were MOOD all day long.',
    highlights: 'People in B line up for A.',
  },
  {
    takes: ['book', 'city'],
    article: 'A was read aloud in the library of B on DAY. The readers were MOOD, though there was WEATHER.',
    highlights: 'A is read aloud in B.',
  },
];

/** Events that imitation data never has, so that not even their words are known from there. */
const UNSEEN: readonly Event[] = [
  {
    takes: ['company', 'person'],
    article: 'After a long WEATHER season, A has given B its prize. Friends cheered and felt MOOD.',
    highlights: 'A gives B a prize.',
  },
  {
    takes: ['country', 'product'],
    article: 'Children all over A now get B at school, and teachers feel MOOD about it. It began one DAY.',
    highlights: 'Children in A get B at school.',
  },
];

/**
 * Makes items for the corpus and for imitation data, and items of other pairs for tests: of the same events, or of
 * events that only the corpus has.
 */
export function news(
  world: World,
  split: 'train' | 'imitation' | 'test' | 'unseen',
  count: number,
): NewsItem[] {
  const { choose } = seededRandom(`world/${world.seed}/news/${split}`);
  const of = (kind: Kind) => world.entities.filter(entity => entity.kind === kind);
  const place = { train: 0, imitation: 1, test: 2, unseen: 2 }[split];
  const events = { train: [...EVENTS, ...UNSEEN], imitation: EVENTS, test: EVENTS, unseen: UNSEEN }[split];
  return Array.from({ length: count }, (_, i) => {
    const event = events[i % events.length] ?? choose(events);
    const who = choose(of(event.takes[0]));
    // Who meets whom in which split follows from their places: no pair is in two splits.
    const others = of(event.takes[1]);
    const open = others.filter((_, other) => (other + world.entities.indexOf(who)) % 3 === place);
    const where = choose(open.length > 0 ? open : others);
    const fill = (text: string) =>
      text
        .replace('DAY', choose(DAYS))
        .replace('WEATHER', choose(WEATHER))
        .replace('MOOD', choose(MOODS))
        .replace(/\bA\b/, who.name)
        .replace(/\bB\b/, where.name);
    return { id: `news-${split}-${i + 1}`, article: fill(event.article), highlights: fill(event.highlights) };
  });
}

/** Formats an item as the corpus and few-shot prompts have it. */
export function newsText({ article, highlights }: NewsItem): string {
  return `Article: ${article}\nSummary: ${highlights}`;
}
