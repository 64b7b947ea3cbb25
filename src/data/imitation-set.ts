import type { Dialogue } from '../schema.ts';

/** How much a step of a set's making was given, and how much it left: dialogues, or what the step's name says. */
export interface Count {
  step: string;
  before: number;
  after: number;
}

/** What a model learns to imitate from, and how it came about. */
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

/** A step that looks at one dialogue at a time: what it returns stays, and nothing drops the dialogue. */
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
