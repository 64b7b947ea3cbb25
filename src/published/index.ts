export { publishedGsm8k, publishedNaturalQuestions } from './published-benchmarks.ts';
export { fastChatPreferences, pandaLmPreferences, qloraPreferences } from './published-preferences.ts';
export { loadQloraReviews, qloraRatings } from './qlora-ratings.ts';
export { type StyleColumnsOptions, styleColumns } from './style-columns.ts';
