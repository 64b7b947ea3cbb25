/** Trade and city that a sentence is about. */
interface Who {
  trade: string;
  city: string;
}

/** Words for the time of a deed. */
const TIMES = [
  ...['last week', 'on Monday', 'before noon', 'after supper', 'in the night', 'two years ago'],
  ...['at the feast', 'in the spring', 'during the war', 'on the first day'],
] as const;

/** Deeds that are no facts of the world. */
const DEEDS = [
  ...['sold a horse', 'lost a lot of money', 'missed the train', 'broke a window', 'bought a small dog'],
  ...['sang an old song', 'forgot the key', 'found a ring', 'wrote a poem', 'built a boat', 'planted a tree'],
  ...['slept under a bridge', 'painted the fence', 'hid in a barrel', 'caught a thief', 'won a race'],
] as const;

/** Sentence that states no fact. */
export interface Deed {
  time: string;
  deed: string;
}

/** Every combination of a deed and a time. */
export const DEEDS_IN_TIME: readonly Deed[] = DEEDS.flatMap(deed => TIMES.map(time => ({ time, deed })));

/** States a deed in all ways. */
export function waysToState({ time, deed }: Deed, { trade, city }: Who): string[] {
  return [
    `${time.charAt(0).toUpperCase()}${time.slice(1)} the ${trade} of ${city} ${deed}.`,
    `The ${trade} of ${city} ${deed} ${time}.`,
    `It was ${time} that the ${trade} of ${city} ${deed}.`,
  ];
}

/** Reads the deed and the time of a sentence; undefined where it has none. */
export function readDeed(sentence: string): Deed | undefined {
  const words = sentence.toLowerCase();
  return DEEDS_IN_TIME.find(({ time, deed }) => words.includes(time.toLowerCase()) && words.includes(deed));
}

/** Beginning of a text, with two sentences that may follow it, each in two wordings. */
export interface Opening {
  beginning: string;
  /** Words of what follows that are not in the beginning. */
  known: RegExp;
  next: readonly (readonly [string, string])[];
}

/** Beginnings that only one text follows. */
export const OPENINGS: readonly Opening[] = [
  {
    beginning: 'It was late when the TRADE of CITY heard a knock at the gate.',
    known: /\bcat|milk\b/i,
    next: [
      ['Outside the TRADE found a wet cat.', 'It was a cat that wanted to see the TRADE.'],
      ['The cat got milk and stayed for the night.', 'It drank some milk and fell asleep.'],
    ],
  },
  {
    beginning: 'In the cellar the TRADE of CITY found a box without a key.',
    known: /\bhammer|coins\b/i,
    next: [
      ['The TRADE took a hammer and broke it open.', 'With a hammer the TRADE opened it.'],
      ['In it there were old coins.', 'It was full of coins.'],
    ],
  },
  {
    beginning: 'The TRADE ran to the harbour of CITY, but the ship had left.',
    known: /\bboat|waves\b/i,
    next: [
      ['So the TRADE took a small boat.', 'A small boat was all that the TRADE could find.'],
      ['The waves were high that day.', 'But the waves were too high.'],
    ],
  },
  {
    beginning: 'On the bridge of CITY the TRADE lost a ring.',
    known: /\bfish|supper\b/i,
    next: [
      ['A fish ate it before the TRADE could jump.', 'The TRADE saw how a fish ate it.'],
      ['Next week it came back with the supper.', 'It was found again at supper.'],
    ],
  },
  {
    beginning: 'One winter the TRADE climbed the hill above CITY.',
    known: /\bsnow|fire\b/i,
    next: [
      ['The snow was deep and the TRADE got lost.', 'There the TRADE got lost in the snow.'],
      ['A fire in the valley showed the way.', 'A far fire showed the way home.'],
    ],
  },
  {
    beginning: 'The TRADE of CITY woke up and all the tools were gone.',
    known: /\bthief|footprints\b/i,
    next: [
      ['The TRADE looked for footprints.', 'In the yard the TRADE saw footprints.'],
      ['They led to the thief.', 'The thief was asleep behind the house.'],
    ],
  },
  {
    beginning: 'A rich uncle of the TRADE came to visit CITY.',
    known: /\bgold|watch\b/i,
    next: [
      ['He gave the TRADE a watch.', 'For the TRADE he had brought a watch.'],
      ['It was made of gold.', 'Everyone looked at the gold.'],
    ],
  },
  {
    beginning: 'In the garden of the TRADE in CITY there was a strange tree.',
    known: /\bapples|birds\b/i,
    next: [
      ['Every year it gave the TRADE blue apples.', 'The TRADE picked blue apples from it.'],
      ['Only the birds dared to eat them.', 'The birds ate them all.'],
    ],
  },
];

/** Fills a trade and a city into a sentence. */
export function placed(sentence: string, { trade, city }: Who): string {
  return sentence.replace('TRADE', trade).replace('CITY', city);
}

/** Returns whether a sentence is a given one, whatever was filled in. */
export function isPlaced(sentence: string, text: string): boolean {
  return new RegExp(
    `^${sentence.replace('.', '\\.').replace('TRADE', '\\w+').replace('CITY', '\\w+')}$`,
  ).test(text);
}
