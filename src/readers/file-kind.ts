/**
 * Kind of a file's content: answers of models to prompts; prompts alone; judges' reviews of answers that are elsewhere;
 * or a chosen and a rejected answer to each prompt, of models that are not named.
 */
export type FileKind = 'answers' | 'prompts' | 'reviews' | 'preferences';

/** Descriptions of the kinds, for people. */
export const KIND_WORDS: Readonly<Record<FileKind, string>> = {
  answers: 'answers of models',
  prompts: 'prompts without answers',
  reviews: 'a judge’s reviews, which refer to answers in other files',
  preferences: 'preferences, a chosen and a rejected answer to each prompt',
};
