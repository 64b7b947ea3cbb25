import type { AnswerFormat } from './answer-format.ts';
import { comparisonAnswers } from './comparison-answers.ts';
import { fastchatAnswers, fastchatQuestions, fastchatReviews } from './fastchat.ts';
import { oasstReport } from './oasst.ts';
import { qloraGenerations } from './qlora.ts';
import { alpacaEvalOutputs, plainPrompts, plainRows } from './rows.ts';
import { wideTable } from './wide-table.ts';

/** Every format, the more particular first: detection takes the first that fits. */
export const FORMATS: readonly AnswerFormat[] = [
  comparisonAnswers,
  oasstReport,
  fastchatReviews,
  fastchatAnswers,
  qloraGenerations,
  fastchatQuestions,
  alpacaEvalOutputs,
  plainRows,
  wideTable,
  plainPrompts,
];
