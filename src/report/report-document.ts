import type { CutWords } from '../compare/index.ts';
import type { Conclusion } from './conclusion.ts';
import type { Conduct } from './conduct.ts';
import type { Content } from './content.ts';
import type { Knowledge } from './knowledge.ts';
import type { LargestDifferences } from './largest-differences.ts';
import type { PreferenceSection, StudentPreference } from './preference.ts';
import type { RunCost } from './run-cost.ts';
import type { Style } from './style.ts';
import type { TrainingOverlap } from './training-overlap.ts';

/** A file of answers that was compared. */
export interface ComparedSide {
  /** Id of its answers in the comparison. */
  name: string;
  role: 'teacher' | 'base' | 'second-teacher' | 'student';
  /** Name of the file or record that it was read from. */
  source: string;
  /** Answers with a text. */
  answers: number;
  /** Words of the compared answers, and of the reasoning and echoed prompts that were cut from them. */
  words: CutWords;
  cost: RunCost;
}

/** Prompts that are in no measure, by the reason; at most twenty of each are listed. */
export interface LeftOut {
  reason: string;
  count: number;
  promptIds: string[];
}

/** Report on students beside their teacher: the content of `report.json`. */
export interface Report {
  version: 1;
  title: string;
  seed: number | string;
  resamples: number;
  compared: {
    sides: ComparedSide[];
    /** Prompts that are compared. */
    prompts: number;
    /** Prompts whose text is known; without it echoes and words of prompts are not left out. */
    promptTexts: number;
    leftOut: LeftOut[];
    notes: string[];
  };
  students: StudentReport[];
  /** Overlap of prompts with training data; null without such data. */
  trainingOverlap: TrainingOverlap | null;
  /** Weights of style in judgements, and judgements left out; null without any. */
  judgements: Pick<PreferenceSection, 'effects' | 'leftOut'> | null;
  /** Adherence and refusals. */
  conduct: Conduct;
}

/** Measures of one student, and the conclusion from them. */
export interface StudentReport {
  name: string;
  /** Prompts that it and all those beside whom it is measured answered. */
  n: number;
  conclusion: Conclusion;
  style: Style;
  content: Content;
  knowledge: Knowledge;
  /** Null without judgements. */
  preference: StudentPreference | null;
  differences: LargestDifferences;
}
