import { seededRandom } from '../../stats/index.ts';
import { inTurn } from '../in-turn.ts';
import type { World } from '../world.ts';
import { inGroups } from './in-groups.ts';

/** Fewest times that the corpus holds a word that its models will read later. */
const FEWEST = 60;
/** Sentences in one document. */
const LENGTH = 4;
/** Sentences that name words and ask for nothing. */
const SENTENCES: readonly ((one: string, two: string, three: string) => string)[] = [
  (one, two, three) => `In the old song one hears ${one}, ${two} and ${three}.`,
  (one, two, three) => `They said ${one} and ${two}, and then ${three}.`,
  (one, two, three) => `Between ${one} and ${two} somebody wrote ${three}.`,
  (one, two, three) => `On the wall we read ${one}, below it ${two}, and beside it ${three}.`,
];

/**
 * Writes documents that hold every word of other texts at least 60 times, counted with those of the corpus: a base model
 * that never met a word could not learn it from imitation data alone. Words are in plain sentences, in random order.
 *
 * @param documents the rest of the corpus.
 * @param texts what models read later: requests and answers.
 */
export function plainWordDocuments(
  world: World,
  documents: readonly string[],
  texts: readonly string[],
): string[] {
  const counts = new Map<string, number>();
  for (const document of documents)
    for (const word of wordsOf(document)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const wanted = new Set(texts.flatMap(text => wordsOf(text)));
  const missing = [...wanted]
    .sort()
    .flatMap(word => Array.from({ length: Math.max(0, FEWEST - (counts.get(word) ?? 0)) }, () => word));
  const words = seededRandom(`world/${world.seed}/plain words`).shuffle(missing);
  const sentences = Array.from({ length: Math.ceil(words.length / 3) }, (_, i) =>
    inTurn(SENTENCES, i)(inTurn(words, 3 * i), inTurn(words, 3 * i + 1), inTurn(words, 3 * i + 2)),
  );
  return inGroups(sentences, LENGTH, ' ');
}

function wordsOf(text: string): string[] {
  return text.match(/\p{L}+/gu) ?? [];
}
