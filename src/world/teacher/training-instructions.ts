import type { World } from '../world.ts';
import { broadInstructions } from './draw-instructions.ts';
import type { Instruction } from './instruction.ts';
import { factInstructions, summaryInstructions } from './local-instructions.ts';

/** Kinds of imitation data: broad, and the two local ones. */
type Kind = 'broad' | 'facts' | 'summaries';

/** Makes the instructions that imitation models learn from, so many of each kind. */
export function trainingInstructions(
  world: World,
  counts: Readonly<Record<Kind, number>>,
): Record<Kind, Instruction[]> {
  return {
    broad: broadInstructions(world, 'train', counts.broad),
    facts: factInstructions(world, 'train', counts.facts),
    summaries: summaryInstructions(world, 'train', counts.summaries),
  };
}
