import type { CollectedInstruction, ExampleDialogues } from '../figure/index.ts';
import { buildWorld, trainingInstructions, WORLD_SIZES } from '../world/index.ts';
import { IMITATION_DATA, type ImitationData } from './config/study.ts';
import { STUDY_SCALES } from './config/world-study.ts';

/** Titles of a study's imitation data, by kind. */
const NAMES = {
  broad: 'Broad imitation',
  facts: 'Local imitation: questions',
  summaries: 'Local imitation: summaries',
} as const satisfies Record<ImitationData, string>;

/**
 * Draws the imitation data of a study from a seed: every instruction of each kind, of which the budgets use a part, with
 * its category and the teacher's answer.
 *
 * @param scale one whose teacher knows a world of its own.
 * @throws {RangeError} if the scale is another.
 * @example
 * const { manifest } = await openStudy()
 * categoryShares(imitationData(manifest.scale, manifest.seeds[0] ?? 1))
 */
export function imitationData(scale: string, seed: number): CollectedInstruction[] {
  const config = Object.entries(STUDY_SCALES).find(([name]) => name === scale)?.[1];
  if (config === undefined) {
    const known = Object.keys(STUDY_SCALES).join(' or ');
    throw new RangeError(
      `Cannot draw imitation data: the scale ${known} is required, whose world is drawn from a seed; got ${scale}`,
    );
  }
  const world = buildWorld(seed, WORLD_SIZES[config.world]);
  const training = trainingInstructions(world, config.instructions);
  return IMITATION_DATA.flatMap(kind =>
    training[kind].map(({ id, text, category, answers: [answer] }) => ({
      set: NAMES[kind],
      evidence: 'live' as const,
      id,
      category,
      query: text,
      answer,
    })),
  );
}

/**
 * Selects the first instruction of each set and category, as Figure 6 shows them.
 *
 * @example
 * const { manifest } = await openStudy()
 * const examples = firstOfEachCategory(imitationData(manifest.scale, 1))
 * examples.map(({ records }) => records) // ['Broad imitation, Brainstorming', …]
 */
export function firstOfEachCategory(data: readonly CollectedInstruction[]): ExampleDialogues[] {
  const seen = new Set<string>();
  return data.flatMap(({ set, evidence, id, category, query, answer }) => {
    const records = `${set}, ${category}`;
    if (seen.has(records)) return [];
    seen.add(records);
    const turns = [
      { role: 'user' as const, content: query },
      { role: 'assistant' as const, content: answer },
    ];
    return [{ records, evidence, dialogues: [{ id, turns }] }];
  });
}
