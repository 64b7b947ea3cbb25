import { random } from '../../stats/index.ts';
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

/** What happens, who takes part, and how it is told and summed up. Nothing that the world knows as a fact. */
const EVENTS: readonly { takes: readonly Kind[]; tells: string; sums: string }[] = [
  {
    takes: ['company', 'city'],
    tells: 'A opened a new shop in B on DAY. Many people came in spite of the WEATHER.',
    sums: 'A opens a shop in B.',
  },
  {
    takes: ['person', 'city'],
    tells:
      'A gave a talk in the town hall of B on DAY. The guests were MOOD, and the WEATHER did not keep them away.',
    sums: 'A gives a talk in B.',
  },
  {
    takes: ['product', 'city'],
    tells: 'Last DAY the people of B lined up to buy A. The shops were MOOD all day long.',
    sums: 'People in B line up for A.',
  },
  {
    takes: ['book', 'city'],
    tells: 'A was read aloud in the library of B on DAY. The readers were MOOD, though there was WEATHER.',
    sums: 'A is read aloud in B.',
  },
];

/** Items for the corpus and for imitation data, and items of other pairs for tests. */
export function news(world: World, split: 'train' | 'imitation' | 'test', count: number): NewsItem[] {
  const { choose } = random(`world/${world.seed}/news/${split}`);
  const of = (kind: Kind) => world.entities.filter(entity => entity.kind === kind);
  const cities = of('city');
  const place = { train: 0, imitation: 1, test: 2 }[split];
  return Array.from({ length: count }, (_, i) => {
    const event = EVENTS[i % EVENTS.length] ?? choose(EVENTS);
    const who = choose(of(event.takes[0] ?? 'person'));
    // Which cities a subject meets in which split follows from their places: no pair stands in two splits.
    const open = cities.filter((_, city) => (city + world.entities.indexOf(who)) % 3 === place);
    const where = choose(open.length > 0 ? open : cities);
    const fill = (text: string) =>
      text
        .replace('DAY', choose(DAYS))
        .replace('WEATHER', choose(WEATHER))
        .replace('MOOD', choose(MOODS))
        .replace(/\bA\b/, who.name)
        .replace(/\bB\b/, where.name);
    return { id: `news-${split}-${i + 1}`, article: fill(event.tells), highlights: fill(event.sums) };
  });
}

/** An item as the corpus and few-shot prompts have it. */
export function newsText({ article, highlights }: NewsItem): string {
  return `Article: ${article}\nSummary: ${highlights}`;
}
