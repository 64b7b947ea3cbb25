export type {
  Continuation,
  GenerateOptions,
  LanguageModel,
  Likelihood,
  Price,
  Question,
  ScoreOptions,
  Scoring,
} from '../chat/index.ts';
export type {
  Answers,
  Columns,
  FileKind,
  ParsedDocument,
  QueryRow,
  ReadOptions,
  Row,
  SkippedRow,
  SourceContent,
  SourceReport,
} from '../readers/index.ts';
export type { Manifest, OnProgress, Progress, RunModel } from '../runs/index.ts';
export type {
  ChatMessage,
  Dialogue,
  Evidence,
  Failure,
  FailureKind,
  Generation,
  Prompt,
  PromptTurn,
  Rating,
  TokenizerName,
  ToolCall,
} from '../schema.ts';
export { type CategoryShare, categorize, categoryShares, type QueryCategory } from './categorize.ts';
export { cleanText } from './clean-text.ts';
export type { CollectedSet } from './collected-set.ts';
export { contents, type DataCard, dataCard, dataCardHtml, type Lengths } from './data-card.ts';
export { dedupe } from './dedupe.ts';
export { buildDiscord, parseDiscord } from './discord.ts';
export { type Diversity, diversity } from './diversity.ts';
export type { DownloadOptions } from './download.ts';
export { type FetchedModel, type FetchModelOptions, fetchModel, isModelName } from './fetch-model.ts';
export {
  type FetchedRecord,
  type FetchOptions,
  fetchRecord,
  fetchRecords,
} from './fetch-record.ts';
export { fillTemplate } from './fill-template.ts';
export { buildHc3, parseHc3 } from './hc3.ts';
export { type Count, firstQueries, type ImitationSet } from './imitation-set.ts';
export { inOrder } from './in-order.ts';
export { textLanguage } from './language.ts';
export { LEAKAGE_LIMIT, type Leak, type Leakage, leakage } from './leakage.ts';
export {
  LOAD_OPTIONS,
  type LoadOptions,
  loadAnswers,
  loadPrompts,
  loadSource,
  type RowTable,
  readLoaded,
  type Source,
} from './load-answers.ts';
export { loadQueries } from './load-queries.ts';
export { type LoadedText, loadDocument, loadText, loadTexts } from './load-text.ts';
export { buildMix } from './mix.ts';
export { type NearestTexts, nearestTexts, type SearchOptions } from './nearest-texts.ts';
export { buildNqSynthetic, type NqSyntheticOptions, parseQaPairs } from './nq-synthetic.ts';
export {
  loadPaperData,
  type PaperData,
  type PaperFigure1,
  type PaperFigure2,
  type PaperFigure6,
  type PaperFigure7,
  type PaperModel,
  type PaperModels,
  type PaperTable2,
  type PaperTable3,
  type PaperTable6,
  type PaperTemplate,
  type QaPair,
} from './paper.ts';
export {
  findRecords,
  loadRecordCatalogue,
  type PublicRecord,
  type RecordCatalogue,
  recordAddress,
  requireRecords,
} from './record-catalogue.ts';
export type { ExpectedContent } from './require-content.ts';
export { requireOptions } from './require-options.ts';
export {
  buildShareGpt,
  parseShareGpt,
  type SharedDialogue,
  type ShareGptOptions,
  type Speaker,
} from './sharegpt.ts';
export { type SampledSource, splitSampling } from './split-sampling.ts';
export { nestedSubsets, type Subset } from './subset.ts';
export {
  buildTldrSynthetic,
  type SummaryPair,
  type TldrDocument,
  type TldrSyntheticOptions,
} from './tldr-synthetic.ts';
export { IDENTITY_WORDS } from './without-words.ts';
