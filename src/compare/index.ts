export { annotations } from './annotations.ts';
export { answersTable } from './answers-table.ts';
export type { LabelInput } from './attach-labels.ts';
export type { Labelled } from './columns.ts';
export { type CompareOptions, type ComparisonSources, compare } from './compare.ts';
export { compareStyle, type StyleComparison } from './compare-style.ts';
export { type ComparisonBundle, comparisonBundle, comparisonSummary } from './comparison-bundle.ts';
export { comparisonHtml } from './comparison-html.ts';
export { type RelativeScore, relativeScore } from './relative-score.ts';
