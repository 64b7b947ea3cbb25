export { factsComparison } from './facts-comparison.ts';
export { type StudyComparisonOptions, studyComparison } from './study-comparison.ts';
