import type { Random } from '../../stats/index.ts';
import type { Named } from '../named.ts';
import type { Fact } from '../world.ts';
import type { AnswerParts } from './house-style.ts';
import type { Instruction, Split, Task } from './instruction.ts';
import type { Material } from './material.ts';
import type { Slots, Wordings } from './wordings/wordings.ts';

/** Subject of a request, and its answers. */
export interface Content {
  /** Values that a request may name, by the names of its wordings in lower case. */
  slots: Slots;
  /** Facts that an answer states. */
  facts?: readonly Fact[];
  /** Answer that is right, where there is one. */
  reference?: string;
  /** Answers as the teacher does. @param words source of the choice of words alone. */
  answer(words: Random): AnswerParts;
  /** Answers as people do on a forum: on one line, and in fewer words. */
  reply(words: Random): string;
}

/** Judgement of the kind and of the subject of an answer. */
export interface Judged {
  kind: boolean;
  subject: boolean;
}

/** A kind of requests: how they are worded, what they are about, how they are answered, and what counts as an answer. */
export interface TeacherTask {
  task: Task;
  /** One of Table 6's. */
  category: string;
  /** Percent of the instructions of each split. */
  shares: Readonly<Record<Split, number>>;
  wordings: Wordings;
  draw(material: Material): Content;
  /** Judges an answer by what it names of the world. */
  judge(instruction: Instruction, answer: Named): Judged;
}
