import { firstQuery } from '../readers/index.ts';
import type { Dialogue } from '../schema.ts';
import { promptKey } from '../text/index.ts';
import { applySteps, type ImitationSet } from './imitation-set.ts';

/**
 * Sets joined to one. A dialogue is left out if a set that is named earlier has its first query; within a set
 * several answers to one question stay, as HC3 has them. Ids begin with the name of the set they are from.
 *
 * @see Gudibande et al. 2023, §3: ShareGPT-Mix is ShareGPT, HC3 and Discord bots
 * @example
 * // Given set.
 * const more = { name: 'more', counts: [], dialogues: set.dialogues.slice(1) }
 * buildMix('mix', [set, more]).dialogues.map(({ id }) => id) // ['mine/1', 'mine/2']
 */
export function buildMix(name: string, sets: readonly ImitationSet[]): ImitationSet {
  const all = sets.flatMap((set, place) =>
    set.dialogues.map(dialogue => ({ dialogue, place, set: set.name })),
  );
  const firstPlace = new Map<string, number>();
  for (const { dialogue, place } of all) {
    const key = queryKey(dialogue);
    if (!firstPlace.has(key)) firstPlace.set(key, place);
  }
  const { dialogues, counts } = applySteps(all, [
    {
      name: 'the first query is in no earlier set',
      apply: rows => rows.filter(({ dialogue, place }) => firstPlace.get(queryKey(dialogue)) === place),
    },
  ]);
  return {
    name,
    dialogues: dialogues.map(({ dialogue, set }) => ({ ...dialogue, id: `${set}/${dialogue.id}` })),
    counts: [
      ...sets.flatMap(set => set.counts.map(count => ({ ...count, step: `${set.name}: ${count.step}` }))),
      ...counts,
    ],
  };
}

function queryKey(dialogue: Dialogue): string {
  return promptKey(firstQuery(dialogue) ?? '');
}
