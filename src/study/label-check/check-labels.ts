import type { StudyAnswer, Truth } from '../../schema.ts';
import { seededRandom } from '../../stats/index.ts';
import { differingWorld, worldOf } from '../pipeline/differing-world.ts';
import type { StudyResults } from '../pipeline/study-files.ts';
import { lookUpIn, type NamedFact } from './look-up.ts';

/** A labelled sentence with the result of an independent look-up: a line of `label-check.jsonl`. */
export interface CheckedLabel extends Pick<StudyAnswer, 'model' | 'size' | 'budget' | 'seed' | 'promptId'> {
  sentence: string;
  label: Truth;
  /** Facts of the world that the sentence concerns. */
  facts: NamedFact[];
  lookedUp: Truth;
  /** True once a person has read the sentence beside the facts and found the label right. */
  read: boolean;
}

/** Options of {@link checkLabels}. */
export interface CheckLabelsOptions {
  /** Number of sentences; default 50. */
  count?: number;
  /** Seed by which they are drawn; default 0. */
  seed?: number | string;
}

const COUNT = 50;
/** Beginning of a sentence of a list. */
const LIST_MARKER = /^\d+\. /;

/**
 * Draws labelled sentences of a study's answers, correct and incorrect ones of every model by turns, each claim once, and
 * looks each up in its world's table of facts. The same study gives the same sentences.
 *
 * @returns fewer than `count` where the study has no more.
 * @throws {RangeError} if the study's world cannot be drawn from its seeds, or this version draws another one.
 */
export function checkLabels(
  { answers, facts, manifest }: Pick<StudyResults, 'answers' | 'facts' | 'manifest'>,
  { count = COUNT, seed = 0 }: CheckLabelsOptions = {},
): CheckedLabel[] {
  const difference = differingWorld({ facts, manifest });
  if (difference !== undefined) throw new RangeError(`Cannot check the labels of the study: ${difference}`);
  const { shuffle } = seededRandom(`label check ${seed}`);
  const strata = new Map<string, Labelled[]>();
  const labelled = new Map(
    answers.flatMap(labelledSentences).map(each => [each.sentence.replace(LIST_MARKER, ''), each]),
  );
  for (const each of shuffle([...labelled.values()])) {
    const stratum = JSON.stringify([each.answer.model, each.label]);
    strata.set(stratum, [...(strata.get(stratum) ?? []), each]);
  }
  const lookUps = new Map(
    [...new Set(answers.map(answer => answer.seed))].map(seed => [seed, lookUpIn(worldOf(manifest, seed))]),
  );
  return inTurns([...strata.values()])
    .slice(0, count)
    .flatMap(({ answer, sentence, label }) => {
      const { model, size, budget, seed, promptId } = answer;
      const found = lookUps.get(seed)?.(sentence);
      if (!found) return [];
      const { facts, verdict: lookedUp } = found;
      return [{ model, size, budget, seed, promptId, sentence, label, facts, lookedUp, read: false }];
    });
}

interface Labelled {
  answer: StudyAnswer;
  sentence: string;
  label: Truth;
}

/** Selects the sentences that claim something. */
function labelledSentences(answer: StudyAnswer): Labelled[] {
  return answer.labels
    .filter(({ label }) => label !== 'ambiguous')
    .map(({ start, end, label }) => ({ answer, sentence: answer.text?.slice(start, end) ?? '', label }));
}

/** Interleaves groups: the first of each, then the second of each, and so on. */
function inTurns<Item>(groups: readonly (readonly Item[])[]): Item[] {
  const longest = Math.max(0, ...groups.map(group => group.length));
  return Array.from({ length: longest }, (_, place) => place).flatMap(place =>
    groups.flatMap(group => group.slice(place, place + 1)),
  );
}
