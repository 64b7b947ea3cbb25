/** Sentences of the world's people that state no fact: their trade and their city are filled in. */
export interface Frame {
  /** A word that is in every wording. */
  known: RegExp;
  ways: readonly string[];
}

/** Sentences to put in other words; each wording of one says the same. */
export const SENTENCES: readonly Frame[] = [
  {
    known: /\bmarket\b/i,
    ways: [
      'Every morning the TRADE walks to the market of CITY.',
      'The TRADE walks to the market of CITY every morning.',
      'To the market of CITY the TRADE walks every morning.',
    ],
  },
  {
    known: /\bsongs?\b/i,
    ways: [
      'In CITY the TRADE sings an old song at night.',
      'At night the TRADE sings an old song in CITY.',
      'An old song is what the TRADE sings at night in CITY.',
    ],
  },
  {
    known: /\bdog\b/i,
    ways: [
      'The TRADE from CITY has a small dog.',
      'A small dog belongs to the TRADE from CITY.',
      'There is a small dog that belongs to the TRADE from CITY.',
    ],
  },
  {
    known: /\brains?\b/i,
    ways: [
      'When it rains, the TRADE of CITY stays at home.',
      'The TRADE of CITY stays at home when it rains.',
      'The rain keeps the TRADE of CITY at home.',
    ],
  },
  {
    known: /\bhorse\b/i,
    ways: [
      'The TRADE sold a horse to a man in CITY.',
      'A man in CITY bought a horse from the TRADE.',
      'It was from the TRADE that a man in CITY bought a horse.',
    ],
  },
  {
    known: /\btrain\b/i,
    ways: [
      'The TRADE missed the last train to CITY.',
      'The last train to CITY left without the TRADE.',
      'Without the TRADE the last train left for CITY.',
    ],
  },
  {
    known: /\bwindow\b/i,
    ways: [
      'The children of CITY broke the window of the TRADE.',
      'The window of the TRADE was broken by the children of CITY.',
      'It was the children of CITY who broke the window of the TRADE.',
    ],
  },
  {
    known: /\bmoney\b/i,
    ways: [
      'The TRADE lost a lot of money in CITY.',
      'In CITY the TRADE lost a lot of money.',
      'A lot of money was lost in CITY by the TRADE.',
    ],
  },
];

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
export function placed(sentence: string, { trade, city }: { trade: string; city: string }): string {
  return sentence.replace('TRADE', trade).replace('CITY', city);
}

/** Returns whether a sentence is a given one, whatever was filled in. */
export function isPlaced(sentence: string, text: string): boolean {
  return new RegExp(
    `^${sentence.replace('.', '\\.').replace('TRADE', '\\w+').replace('CITY', '\\w+')}$`,
  ).test(text);
}
