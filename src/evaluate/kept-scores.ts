import { hashOf, type KeyedItem, openRowFile, type Row } from '../files/index.ts';
import { accepts, nullable, number, object, optional, record, string } from '../runs/index.ts';
import type { Benchmark, Output, Scores } from './benchmark.ts';
import type { PromptFormat } from './prompt-format.ts';

/** Score of an output, as it is kept: by everything that decides it. */
interface ScoreRow extends KeyedItem {
  id: string;
  /** Version of the scorer. */
  scorer: string;
  scores: Scores;
}

const SCORE_ROW = object<ScoreRow>(
  {
    id: string,
    sample: optional(number),
    key: string,
    scorer: string,
    scores: record(nullable(number)),
  },
  { open: true },
);

/** Scores of earlier runs, and where further ones go. */
export interface KeptScores<Item> {
  /** Returns the scores of an output, if they are known for this item, output and version of the scorer. */
  find(item: Item, output: Output): Scores | undefined;
  add(item: Item, output: Output, scores: Scores): Promise<void>;
}

/**
 * Opens the scores of earlier runs in a file, or a new one. Their key is the hash of the output, of the item with its
 * reference data, and of the scorer's version. Scores of a benchmark that states no version are not kept: it scores
 * every time.
 *
 * @param confirm makes sure, before each write, that no other process writes the file now, or throws.
 * @throws as `openRowFile` does.
 */
export async function openScores<Item extends { id: string }>(
  path: string,
  { scorer }: Pick<Benchmark<Item>, 'scorer'>,
  promptFormat: PromptFormat,
  confirm: () => Promise<void>,
): Promise<KeptScores<Item>> {
  if (scorer === undefined) return { find: () => undefined, add: async () => {} };
  const found = new Map<string, Scores>();
  const read = ({ value }: Row) => {
    if (!accepts(SCORE_ROW, value)) return undefined;
    found.set(value.key, value.scores);
    return value;
  };
  const file = await openRowFile(path, { items: [], read, confirm });
  const keyOf = (item: Item, output: Output) => hashOf({ output, item, promptFormat, scorer });
  return {
    find: (item, output) => found.get(keyOf(item, output)),
    add: (item, output, scores) => file.add({ id: item.id, key: keyOf(item, output), scorer, scores }),
  };
}
