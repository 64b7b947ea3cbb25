import { firstQuery } from '../readers/index.ts';
import type { Dialogue } from '../schema.ts';

/** Dialogues that a step of a set's making was given, and those it left. */
export interface Count {
  step: string;
  before: number;
  after: number;
}

/** Dialogues that a model learns to imitate from, and their origin. */
export interface ImitationSet {
  name: string;
  dialogues: readonly Dialogue[];
  /** The steps in their order. */
  counts: readonly Count[];
}

/** One step in the making of a set: keeps, changes or drops each dialogue, or looks at all of them. */
export interface Step<D> {
  name: string;
  apply: (dialogues: readonly D[]) => D[];
}

/** Makes a step that looks at one dialogue at a time: what it returns stays, and nothing drops the dialogue. */
export function eachDialogue<D>(name: string, of: (dialogue: D) => D | undefined): Step<D> {
  return { name, apply: dialogues => dialogues.flatMap(dialogue => of(dialogue) ?? []) };
}

/** Applies steps one after the other, and counts before and after each. */
export function applySteps<D>(
  dialogues: readonly D[],
  steps: readonly Step<D>[],
): { dialogues: D[]; counts: Count[] } {
  let left = [...dialogues];
  const counts = steps.map(({ name, apply }) => {
    const before = left.length;
    left = apply(left);
    return { step: name, before, after: left.length };
  });
  return { dialogues: left, counts };
}

/** Leaves the dialogues in which every turn says something. */
export const spokenOnly: Step<Dialogue> = eachDialogue('question and answer are not empty', dialogue =>
  dialogue.turns.every(({ content }) => content !== '') ? dialogue : undefined,
);

/**
 * Returns the user's first message of each dialogue. Where no user speaks there is none.
 *
 * @example
 * // Given dialogues.
 * firstQueries(dialogues) // ['Why is the sky blue?', 'How much is 1 + 1?']
 */
export function firstQueries(dialogues: readonly Dialogue[]): string[] {
  return dialogues.flatMap(dialogue => firstQuery(dialogue) ?? []);
}
