export type { Estimate, TokenizerName } from '../schema.ts';
export type { ResampleOptions, Trials } from '../stats/index.ts';
export { type AnswerStructure, answerStructure, hasList, hasSummary } from './answer-structure.ts';
export { bleu, corpusBleu, type References } from './bleu.ts';
export { bleuTokens, charTokens, intlTokens, scriptTokens, zhTokens } from './bleu-tokens.ts';
export { brokenRule, shownValue, type ValueRules } from './broken-rule.ts';
export { contentHash, pairHash, promptKey } from './content-hash.ts';
export { diceCoefficient, setOverlap } from './dice-coefficient.ts';
export { exactMatch, normalizeAnswer } from './exact-match.ts';
export { escapeHtml, htmlTable } from './html.ts';
export { isHubId } from './hub-id.ts';
export { type Line, lines } from './lines.ts';
export { type Nearest, nearestByBleu } from './nearest-by-bleu.ts';
export { type NgramIndex, type NgramTable, ngramIndex } from './ngram-index.ts';
export { type PairStyle, pairStyle } from './pair-style.ts';
export { porterStem } from './porter-stem.ts';
export { findRefusal, REFUSAL_LEXICON } from './refusal.ts';
export { type Rouge, type RougeOptions, type RougeScore, rouge } from './rouge.ts';
export type { Span } from './span.ts';
export { type Sentence, splitSentences } from './split-sentences.ts';
export { lowercaseWords, splitWords, unigrams } from './split-words.ts';
export { type StyleCounts, styleCounts } from './style-counts.ts';
export { didYouMean } from './suggest.ts';
export {
  type StyleSummary,
  type StyleValues,
  strataDifference,
  styleValues,
  summarizeStyle,
} from './summarize-style.ts';
export { TOKENIZERS, type TokenizerOption } from './tokenizers.ts';
export { rougeNote, tokenlessNote } from './tokenless-note.ts';
export { unigramOverlap } from './unigram-overlap.ts';
export { type DiffSpan, type WordDiff, wordDiff } from './word-diff.ts';
