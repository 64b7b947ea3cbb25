import { type Claim, questionOf } from './phrasings.ts';
import type { Fact, World } from './world.ts';

/** Puts a fact in the words of the world. */
export function claimOf(world: World, { subject, relation, object }: Fact): Claim {
  return { subject: world.entities.find(({ id }) => id === subject)?.name ?? '', relation, object };
}

/** Formats a question with its answer, as lists of them have it. */
export function questionAndAnswer(claim: Claim, ask: (claim: Claim) => string = questionOf): string {
  return `Q: ${ask(claim)}\nA: ${claim.object}`;
}
