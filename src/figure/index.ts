export { parametersText, tokensText } from './amounts.ts';
export { type DiversityPoint, diversityChart } from './diversity-chart.ts';
export { type DotRow, dotChart } from './dot-chart.ts';
export { type ErrorChartOptions, errorChart } from './error-chart.ts';
export { fig1 } from './fig1.ts';
export {
  type Figure3Ratings,
  fig3,
  type HumanPreference,
  type HumanPreferenceRow,
} from './fig3.ts';
export { fig4 } from './fig4.ts';
export { fig5 } from './fig5.ts';
export { type ExampleDialogues, fig6 } from './fig6.ts';
export { fig7 } from './fig7.ts';
export {
  DISPLAY,
  type Figure,
  figure,
  type NamedRows,
  ROWS_MIME,
  type Row,
  type Table,
  table,
  WORDS,
} from './figure.ts';
export { type CollectedInstruction, imitationComposition } from './imitation-composition.ts';
export type { Imitation, ImitationRow } from './imitation-rows.ts';
export { livePreferences } from './live-preferences.ts';
export { liveTable2 } from './live-table2.ts';
export { type LossCurveOptions, lossCurve } from './loss-curve.ts';
export { type PreferenceRow, preferenceBars } from './preference-bars.ts';
export { type PublishedRating, publishedPreference, publishedRatings } from './published-ratings.ts';
export { type RatedPairs, ratingAgreement, ratingVotes } from './rating-tables.ts';
export { type ScoredRun, type ScoreRow, scoresChart } from './scores-chart.ts';
export { JUDGE_NAMES } from './simulated-judges.ts';
export { meanOverSeeds } from './study-points.ts';
export { table1, table1Chart } from './table1.ts';
export { table2 } from './table2.ts';
export { table2Chart } from './table2-chart.ts';
export { reportedTable2, type Table2Column, type Table2Row, table2Rows } from './table2-rows.ts';
export { type CategorizedSet, table6, table6Chart } from './table6.ts';
export { table7, table7Chart } from './table7.ts';
export { toxicityAgreementChart } from './toxicity-agreement-chart.ts';
