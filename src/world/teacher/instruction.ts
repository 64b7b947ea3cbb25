import type { Prompt } from '../../schema.ts';

/** Kinds of requests that the teacher answers. */
export type Task =
  | ('story' | 'ideas' | 'fact' | 'letter' | 'describe' | 'examples' | 'chat')
  | ('summary' | 'compare' | 'rewrite' | 'continue' | 'refuse' | 'program' | 'sum');

/** Use of instructions: the forum of the corpus, imitation data, or tests. */
export type Split = 'forum' | 'train' | 'test';

/** Prompt to the teacher, with its answers: two samples that differ in words and not in facts. */
export interface Instruction extends Prompt {
  task: Task;
  /** Id of the wording or of the grammar that the text was made from, such as `story/test/3` or `story/train/grammar`. */
  template: string;
  /** Values that were filled in, by name, such as `{ trade: 'baker' }`. */
  slots: Readonly<Record<string, string>>;
  /** One of Table 6's. */
  category: string;
  /** Ids of the facts that the answers state. */
  facts: readonly string[];
  answers: readonly [first: string, second: string];
}
