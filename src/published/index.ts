export type { Interval, ValueInterval } from '../compare/index.ts';
export type {
  DownloadOptions,
  ExpectedContent,
  FetchOptions,
  PublicRecord,
  RecordCatalogue,
} from '../data/index.ts';
export type { Review } from '../readers/index.ts';
export type { OnProgress, Progress } from '../runs/index.ts';
export type { Estimate, Evidence, FailureKind, FigureRow } from '../schema.ts';
export type { StyleSummary } from '../text/index.ts';
export { publishedGsm8k, publishedNaturalQuestions } from './published-benchmarks.ts';
export { fastChatPreferences, pandaLmPreferences, qloraPreferences } from './published-preferences.ts';
export { loadQloraReviews, qloraRatings } from './qlora-ratings.ts';
export {
  type QloraStyleControlOptions,
  qloraStyleControl,
  type StyleControlledRating,
} from './qlora-style-control.ts';
export type { DotRow, PreferenceRow, PublishedRating } from './rows.ts';
export {
  STYLE_MEASURES,
  type StyleColumnsOptions,
  type StyleMeasure,
  styleColumns,
  type Table2Column,
  type Table2Row,
  table2Rows,
} from './style-columns.ts';
