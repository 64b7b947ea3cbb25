export { type CheckedLabel, type CheckLabelsOptions, checkLabels } from './check-labels.ts';
export { LABEL_CHECK, writeLabelCheck } from './label-check-file.ts';
export { type LookedUp, lookUpIn, type NamedFact, verdictOf } from './look-up.ts';
