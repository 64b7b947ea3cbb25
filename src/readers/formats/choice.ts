import type { Rating } from '../../schema.ts';

/** Returns the choice between two answers by how much better the first is. */
export function choiceOf(advantage: number): Rating['choice'] {
  if (advantage === 0) return 'tie';
  return advantage > 0 ? 'left' : 'right';
}
