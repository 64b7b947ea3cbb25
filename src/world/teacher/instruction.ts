import type { Prompt } from '../../schema.ts';

/** Prompt to the teacher, with its answers: two samples that differ in words and not in facts. */
export interface Instruction extends Prompt {
  /** One of Table 6's. */
  category: string;
  /** Ids of the facts that the answers state. */
  facts: readonly string[];
  answers: readonly [first: string, second: string];
}
