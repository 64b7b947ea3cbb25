import type { Task } from './instruction.ts';
import type { TeacherTask } from './task.ts';
import { chat } from './tasks/chat.ts';
import { compare } from './tasks/compare.ts';
import { continuation } from './tasks/continue.ts';
import { describe } from './tasks/describe.ts';
import { examples } from './tasks/examples.ts';
import { fact } from './tasks/fact.ts';
import { ideas } from './tasks/ideas.ts';
import { letter } from './tasks/letter.ts';
import { program } from './tasks/program.ts';
import { refuse } from './tasks/refuse.ts';
import { rewrite } from './tasks/rewrite.ts';
import { story } from './tasks/story.ts';
import { sum } from './tasks/sum.ts';
import { summary } from './tasks/summary.ts';

/** Everything that the teacher is asked for. */
export const TASKS: Readonly<Record<Task, TeacherTask>> = {
  story,
  ideas,
  fact,
  letter,
  describe,
  examples,
  chat,
  summary,
  compare,
  rewrite,
  continue: continuation,
  refuse,
  program,
  sum,
};
