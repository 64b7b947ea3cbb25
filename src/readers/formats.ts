import type { FileFormat } from './file-format.ts';
import { alpacaEvalAnnotations, alpacaEvalOutputs } from './formats/alpaca-eval.ts';
import { arenaBattles, arenaTable } from './formats/arena.ts';
import { argillaRecords } from './formats/argilla.ts';
import { comparisonAnswers } from './formats/comparison.ts';
import { conversations, ultraChatTexts } from './formats/conversation.ts';
import { fastchatAnswers, fastchatQuestions, fastchatReviews } from './formats/fastchat.ts';
import { geminiResponses } from './formats/gemini.ts';
import { inspectLog } from './formats/inspect-log.ts';
import { llmComparator } from './formats/llm-comparator.ts';
import { lmEvalSamples } from './formats/lm-eval.ts';
import { mtBenchAnswers, mtBenchJudgments, mtBenchQuestions } from './formats/mt-bench.ts';
import { nestedAnswers } from './formats/nested-answers.ts';
import { oasstReport } from './formats/oasst.ts';
import { batchInput, batchOutput, openAiResponses } from './formats/openai-batch.ts';
import { pandaLmPairs } from './formats/pandalm.ts';
import { preferencePairs } from './formats/preferences.ts';
import { promptfoo } from './formats/promptfoo.ts';
import { qloraGenerations } from './formats/qlora.ts';
import { ultraFeedback } from './formats/ultra-feedback.ts';
import { table } from './table/table.ts';

/** Every format, the more particular first: detection takes the first that fits. */
export const FORMATS: readonly FileFormat[] = [
  comparisonAnswers,
  oasstReport,
  inspectLog,
  llmComparator,
  promptfoo,
  fastchatReviews,
  mtBenchJudgments,
  fastchatAnswers,
  qloraGenerations,
  fastchatQuestions,
  mtBenchAnswers,
  mtBenchQuestions,
  lmEvalSamples,
  batchInput,
  batchOutput,
  openAiResponses,
  geminiResponses,
  arenaBattles,
  arenaTable,
  pandaLmPairs,
  preferencePairs,
  ultraFeedback,
  conversations,
  ultraChatTexts,
  argillaRecords,
  alpacaEvalAnnotations,
  alpacaEvalOutputs,
  nestedAnswers,
  table,
];
